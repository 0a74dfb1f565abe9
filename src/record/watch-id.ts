import { randomBytes } from 'node:crypto'

const COUNTER_LIMIT = 0x1000000

/**
 * Makes WatchIDs: 24 hex digits shaped like an ObjectId (start second, five
 * random bytes of this thread, a counter), unique across processes and
 * threads.
 */
export function createWatchIds(random = randomBytes): (wall: number) => string {
  const seed = random(8)
  const thread = seed.toString('hex', 0, 5)
  let counter = seed.readUIntBE(5, 3)
  let second = -1
  let prefix = ''
  return wall => {
    const now = Math.floor(wall / 1000)
    counter = (counter + 1) % COUNTER_LIMIT
    const low = counter & 0xff
    if (now !== second || low === 0) {
      second = now
      prefix = hex(now % 0x100000000, 8) + thread + hex(counter >> 8, 4)
    }
    return prefix + BYTES[low]
  }
}

/** Every byte as two digits: made once, so that an id is one concatenation. */
const BYTES = Array.from({ length: 0x100 }, (_, i) => hex(i, 2))

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0')
}
