import { fstatSync, readSync, writeSync } from 'node:fs'
import { tryLockIfAny } from './file-lock.ts'
import { sleep } from './sleep.ts'

const NEWLINE = 10
/** A write that is on its way shows in part; so long it does not stand still. */
const STILL_MS = 20
const LONGEST_MS = 200

/**
 * Ends the line that a killed writer or a full disk left half-written. Of
 * several writers one does it, and none while the line is still being written.
 */
export function closeTail(fd: number, filename: string): void {
  let last = -1
  let still = 0
  for (let waited = 0; isOpen(fd); waited++) {
    const { size } = fstatSync(fd)
    still = size === last ? still + 1 : 0
    last = size
    if (still >= STILL_MS && close(fd, filename, waited)) return
    sleep(1)
  }
}

/** False when somebody else is at it. */
function close(fd: number, filename: string, waited: number): boolean {
  const isLate = waited > LONGEST_MS
  const unlock = isLate ? () => {} : tryLockIfAny(`${filename}.lock`)
  if (unlock === undefined) return false
  try {
    if (isOpen(fd)) writeSync(fd, '\n')
    return true
  } finally {
    unlock()
  }
}

/** Whether the file, so far, does not end with a line end. */
function isOpen(fd: number): boolean {
  const { size } = fstatSync(fd)
  if (size === 0) return false
  const byte = Buffer.allocUnsafe(1)
  return readSync(fd, byte, 0, 1, size - 1) === 1 && byte[0] !== NEWLINE
}
