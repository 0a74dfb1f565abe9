import { constants, fstatSync, openSync } from 'node:fs'
import { isatty } from 'node:tty'

/** Which of the process's own streams. */
export type StandardStream = 'stdout' | 'stderr'

const DESCRIPTORS: Record<StandardStream, number> = { stdout: 1, stderr: 2 }

/** A standard stream as the console writes to it. */
export interface OpenStream {
  readonly fd: number
  /** Others may write into our lines. */
  readonly isPipe: boolean
  readonly isColoured: boolean
}

/** Looks at what the stream is connected to. Never throws. */
export function openStream(
  stream: StandardStream,
  color: 'auto' | 'always' | 'never',
  env: NodeJS.ProcessEnv = process.env,
): OpenStream {
  const fd = DESCRIPTORS[stream]
  const kind = kindOf(fd)
  return {
    fd: kind === 'fifo' ? ownDescriptor(fd) : fd,
    isPipe: kind !== 'other',
    isColoured: color === 'auto' ? hasColour(fd, env) : color === 'always',
  }
}

function kindOf(fd: number): 'fifo' | 'socket' | 'other' {
  try {
    const stats = fstatSync(fd)
    if (stats.isFIFO()) return 'fifo'
    return stats.isSocket() ? 'socket' : 'other'
  } catch {
    return 'other' // closed: the first write says so
  }
}

/**
 * The same pipe, opened once more so that it does not block when the reader
 * is slow, without changing how the application's own writes behave.
 */
function ownDescriptor(fd: number): number {
  try {
    const flags = constants.O_WRONLY | constants.O_NONBLOCK
    return openSync(`/proc/self/fd/${fd}`, flags)
  } catch {
    return fd // not Linux, or the pipe belongs to somebody else
  }
}

/** https://no-color.org, and Node's own FORCE_COLOR. */
function hasColour(fd: number, env: NodeJS.ProcessEnv): boolean {
  const { FORCE_COLOR: forced } = env
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  if (env.NO_COLOR || env.TERM === 'dumb') return false
  return isatty(fd)
}
