import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { MongowatchError } from '../../errors.ts'
import { withoutNodeOptions } from './command.ts'
import { startWatchdog } from './watchdog.ts'

const SETPRIV = '/usr/bin/setpriv'
const READY_MS = 60_000
const GRACE_MS = 8000
const KEPT = 8192

/** A server process. */
export interface ServerChild {
  /** What `ready` found in the output. */
  port: number
  /** SIGTERM lets it write its data down first. @default SIGKILL */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

/** What is started, and how one knows that it runs. */
export interface ServerCommand {
  command: readonly string[]
  /** Its first group is the port. */
  ready: RegExp
  /** A data folder that is removed at the end. */
  throwAway?: string | undefined
}

/**
 * Starts a server and waits until it listens. It ends with `stop`, and also
 * when this process ends in any way. It does not keep this process alive.
 */
export async function startChild(server: ServerCommand): Promise<ServerChild> {
  const [command = '', ...args] = dieWithParent(server.command)
  const child = spawn(command, args, {
    env: { ...withoutNodeOptions(), PYTHONUNBUFFERED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const watchdog = startWatchdog(child.pid, server.throwAway)
  const exited = new Promise<void>(resolve => child.once('close', resolve))
  const stop = async (signal: NodeJS.Signals = 'SIGKILL') => {
    child.ref()
    child.kill(signal)
    const late = setTimeout(kill, GRACE_MS)
    await exited
    clearTimeout(late)
    process.off('exit', kill)
    await watchdog.end()
  }
  try {
    const port = await portOf(child, server.ready)
    detach(child)
    return { port, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function dieWithParent(command: readonly string[]): readonly string[] {
  if (process.platform !== 'linux' || !existsSync(SETPRIV)) return command
  return [SETPRIV, '--pdeathsig', 'KILL', ...command]
}

/** Goes on reading the output, or the pipe would fill up. */
async function portOf(child: ChildProcess, ready: RegExp): Promise<number> {
  const waiting = new AbortController()
  let output = ''
  const port = new Promise<number>(resolve => {
    const read = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-KEPT)
      const found = ready.exec(output)
      if (found) resolve(Number(found[1]))
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
  })
  const failed = (why: string) => {
    const text = `the MongoDB server ${why}: ${output.trim().slice(-500)}`
    throw new MongowatchError('MONGOWATCH_SERVER_FAILED', text)
  }
  const { signal } = waiting
  try {
    return await Promise.race([
      port,
      once(child, 'exit', { signal }).then(
        ([code]) => failed(`ended with code ${code}`),
        error => failed(`did not start (${error.message})`),
      ),
      once(AbortSignal.timeout(READY_MS), 'abort', { signal }).then(() =>
        failed(`was not ready after ${READY_MS / 1000} s`),
      ),
    ])
  } finally {
    waiting.abort()
  }
}

function detach(child: ChildProcess): void {
  child.unref()
  for (const stream of [child.stdout, child.stderr])
    (stream as unknown as { unref(): void } | null)?.unref()
}
