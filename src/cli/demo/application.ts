import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { PACKAGE_FOLDER } from '../../package.ts'
import { withoutNodeOptions } from '../server/command.ts'

/** The file that is run. */
export const SHOP = join(__dirname, 'shop.js')

const REGISTER = join(PACKAGE_FOLDER, 'register.cjs')

/** What the application is started with. */
export interface Application {
  /** Its own connection string. */
  uri: string
  /** Folder of the driver. */
  driver: string
  /** Configuration of the mask. */
  config: string
  /** Gets each line that it prints. */
  onLine: (line: string) => void
}

/** Runs the shop under the mask; resolves with its exit code. */
export function runApplication(application: Application): Promise<number> {
  const child = spawn(process.execPath, ['--require', REGISTER, SHOP], {
    env: {
      ...withoutNodeOptions(),
      NODE_PATH: dirname(application.driver), // as if it were installed beside
      SHOP_URI: application.uri,
      SHOP_DB: `mongowatch_demo_${process.pid}`, // nobody else has it
      MONGOWATCH_CONFIG: application.config,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  createInterface(child.stdout).on('line', application.onLine)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve(code ?? 1))
  })
}
