import { createReadStream, read } from 'node:fs'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { createGunzip } from 'node:zlib'
import { processIo } from '../io.ts'
import { named } from '../problem.ts'

const readChunk = promisify(read)
const NEWLINE = 10
/** No record is longer: its parts are bounded. */
const LONGEST_LINE = 64 * 1024 * 1024
const CHUNK = 1 << 20
/** What compressed data begins with, whatever the file is called. */
const GZIP = [0x1f, 0x8b]

/** A line, without its end, and where it ended. */
export interface Line {
  readonly text: Buffer
  /** Offset after its line end. */
  readonly end: number
  /** False for the last one when its line end is missing. */
  readonly hasEnd: boolean
}

/** Compressed data that cannot be read to its end. */
export class DamagedError extends Error {}

/**
 * The lines of a file, plain or compressed, with a bounded memory; of one that
 * is open as `fd` from its beginning, whatever is at the path now.
 */
export async function* readLines(
  path: string,
  fd?: number,
): AsyncGenerator<Line> {
  let rest: Buffer[] = []
  let restBytes = 0
  let end = 0
  for await (const chunk of chunks(path, fd)) {
    let from = 0
    for (;;) {
      const at = chunk.indexOf(NEWLINE, from)
      if (at === -1) break
      const part = chunk.subarray(from, at)
      const text = restBytes === 0 ? part : Buffer.concat([...rest, part])
      end += text.length + 1
      yield { text, end, hasEnd: true }
      rest = []
      restBytes = 0
      from = at + 1
    }
    if (from === chunk.length) continue
    rest.push(chunk.subarray(from))
    restBytes += chunk.length - from
    if (restBytes > LONGEST_LINE) throw new DamagedError('A line has no end')
  }
  if (restBytes === 0) return
  yield { text: Buffer.concat(rest), end: end + restBytes, hasEnd: false }
}

async function* chunks(path: string, fd?: number): AsyncGenerator<Buffer> {
  const file = open(path, fd)
  try {
    const raw = file[Symbol.asyncIterator]()
    const { value: first, done } = await raw.next()
    if (done) return
    if (!path.endsWith('.gz') && !isCompressed(first)) {
      yield first
      return yield* raw
    }
    const plain = createGunzip({ chunkSize: CHUNK })
    const whole = Readable.from(prepend(first, raw))
    whole.on('error', error => plain.destroy(error))
    yield* whole.pipe(plain)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (!code.startsWith('Z_') && code !== 'ERR_BUFFER_OUT_OF_BOUNDS')
      throw named(error, path)
    throw new DamagedError('The compressed data is damaged or cut')
  } finally {
    file.destroy()
  }
}

/** `-` is the standard input. */
function open(path: string, fd: number | undefined): Readable {
  if (path === '-') return processIo().stdin
  if (fd !== undefined) return Readable.from(fromBeginning(fd))
  return createReadStream(path, { highWaterMark: CHUNK })
}

/** Leaves the file open, which a stream of it would not. */
async function* fromBeginning(fd: number): AsyncGenerator<Buffer> {
  for (let at = 0; ; ) {
    const chunk = Buffer.allocUnsafe(CHUNK)
    const { bytesRead } = await readChunk(fd, chunk, 0, CHUNK, at)
    if (bytesRead === 0) return
    at += bytesRead
    yield chunk.subarray(0, bytesRead)
  }
}

function isCompressed(chunk: Buffer): boolean {
  return GZIP.every((byte, i) => chunk[i] === byte)
}

async function* prepend(
  first: Buffer,
  rest: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  yield first
  yield* rest
}
