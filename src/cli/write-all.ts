import { writeSync } from 'node:fs'

/** Writes every byte, also where the system takes them in parts. */
export function writeAll(descriptor: number, bytes: Uint8Array): void {
  let done = 0
  while (done < bytes.length) {
    done += writeSync(descriptor, bytes, done, bytes.length - done)
  }
}
