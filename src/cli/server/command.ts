import { spawn } from 'node:child_process'

/** How a command ended. */
export interface CommandResult {
  /** Exit code; 127 when the command could not be started. */
  code: number
  /** stdout and stderr together, the last 64 KiB. */
  output: string
}

const KEPT = 65_536

/** Runs a command to its end without a terminal and without input. */
export function runCommand(
  command: string,
  args: readonly string[],
  cwd?: string,
): Promise<CommandResult> {
  return new Promise(resolve => {
    let output = ''
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-KEPT)
    }
    const child = spawn(command, args, {
      cwd,
      env: withoutNodeOptions(),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', error => resolve({ code: 127, output: error.message }))
    child.on('close', code => resolve({ code: code ?? 1, output }))
  })
}

/** The environment without a preload meant for the application. */
export function withoutNodeOptions(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, ...env } = process.env
  return env
}
