import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** Runs a program of this folder; what its last line of output says as JSON. */
export function runChild<T>(
  program: string,
  args: readonly string[],
  flags: readonly string[] = [],
): Promise<T> {
  const file = join(__dirname, program)
  const child = spawn(
    process.execPath,
    [...flags, '--import', 'tsx', file, ...args],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout.setEncoding('utf8').on('data', part => {
      text += part
    })
    child.once('error', reject)
    child.once('close', code => {
      const line = text.trimEnd().split('\n').at(-1) ?? ''
      if (code === 0) resolve(JSON.parse(line))
      else reject(new Error(`${program} ended with ${code}: ${text}`))
    })
  })
}
