import { closeSync, openSync, readSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'

const POLL_MS = 40
const CHUNK = 65_536

/** Reads a file that grows. */
export interface Follower {
  /** Reads what is there, now. */
  drain(): void
  /** Reads the rest and lets the file go. */
  end(): void
}

/** Hands over each whole line of a file, also one that comes later. */
export function followLines(
  path: string,
  onLine: (line: string) => void,
): Follower {
  const buffer = Buffer.allocUnsafe(CHUNK)
  const decoder = new StringDecoder('utf8')
  let file: number | undefined
  let rest = ''
  const drain = () => {
    file ??= openIfThere(path)
    if (file === undefined) return
    for (let size = CHUNK; size === CHUNK; ) {
      size = readSync(file, buffer, 0, CHUNK, null)
      const lines = (rest + decoder.write(buffer.subarray(0, size))).split('\n')
      rest = lines.pop() ?? ''
      lines.forEach(onLine)
    }
  }
  const timer = setInterval(drain, POLL_MS)
  const end = () => {
    clearInterval(timer)
    drain()
    if (file !== undefined) closeSync(file)
  }
  return { drain, end }
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r')
  } catch {
    return undefined // the application has not written anything yet
  }
}
