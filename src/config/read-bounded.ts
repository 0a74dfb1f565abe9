import { closeSync, constants, openSync, readSync } from 'node:fs'

/** Opens a file for reading; a pipe that nobody writes to is not waited for. */
export function openNow(path: string): number {
  return openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
}

/** All bytes up to the end, or one more than `limit`. */
function readUpTo(descriptor: number, limit: number): Buffer {
  const bytes = Buffer.allocUnsafe(limit + 1)
  let done = 0
  while (done <= limit) {
    const count = readSync(descriptor, bytes, done, limit + 1 - done, null)
    if (count === 0) break
    done += count
  }
  return bytes.subarray(0, done)
}

/**
 * Everything that a file gives, or one byte more than `limit`: devices have no
 * size, and some never end. Throws what `openSync` and `readSync` do.
 */
export function readFileBounded(path: string, limit: number): Buffer {
  const descriptor = openNow(path)
  try {
    return readUpTo(descriptor, limit)
  } finally {
    closeSync(descriptor)
  }
}
