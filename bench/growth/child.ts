import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** How a program is started. */
interface ChildOptions {
  /** Of Node. */
  readonly flags?: readonly string[]
  /** Added to the environment: a URI may have a password, which `ps` shows. */
  readonly env?: Readonly<Record<string, string>>
}

/**
 * Runs a program of this folder, with tsx if it is TypeScript; what its last
 * line of output says as JSON.
 */
export function runChild<T>(
  program: string,
  args: readonly string[],
  { flags = [], env = {} }: ChildOptions = {},
): Promise<T> {
  const file = join(__dirname, program)
  const tsx = program.endsWith('.ts') ? ['--import', 'tsx'] : []
  const child = spawn(process.execPath, [...flags, ...tsx, file, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return new Promise((resolve, reject) => {
    let text = ''
    let said = ''
    child.stdout.setEncoding('utf8').on('data', part => {
      text += part
    })
    child.stderr.setEncoding('utf8').on('data', part => {
      said += part
    })
    child.once('error', reject)
    child.once('close', code => {
      const line = text.trimEnd().split('\n').at(-1) ?? ''
      if (code === 0) resolve(JSON.parse(line))
      else reject(new Error(said.trim() || `${program} ended with ${code}`))
    })
  })
}
