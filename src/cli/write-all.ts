import { writeSync } from 'node:fs'

/** Writes every byte, also where the system takes them in parts. */
export function writeAll(
  descriptor: number,
  bytes: Uint8Array,
  position: number | null = null,
): void {
  let done = 0
  while (done < bytes.length) {
    const place = position === null ? null : position + done
    done += writeSync(descriptor, bytes, done, bytes.length - done, place)
  }
}
