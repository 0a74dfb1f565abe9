import type { Digest } from './digest.ts'
import { SEAL_BYTES } from './seal-bytes.ts'

/** What stands for the hash of a line that has none before it. */
export const NO_HASH = '0'.repeat(64)

const SEAL =
  /,"Chain":"([0-9a-f]{16})\.(\d{1,15})(?:@(\d{1,15}))?","PrevHash":"([0-9a-f]{64})","Hash":"([0-9a-f]{64})"\}$/
const HASH_BYTES = ',"Hash":""}'.length + 64
const EXAMPLE = `","PrevHash":"${NO_HASH}","Hash":"${NO_HASH}"}`
const CHAIN = ',"Chain":"'
const FULL_CHAIN = `${CHAIN}${'0'.repeat(16)}.1`

/** Where a line stands in the chain of its writer. */
export interface Seal {
  /** The writer: 16 hex digits, new for each handler of each process. */
  readonly writer: string
  /** 1, 2, 3 … of what this writer wrote. */
  readonly number: number
  /** Bytes the file had before it: said by the first line of a batch. */
  readonly at: number | undefined
  readonly previous: string
  readonly hash: string
}

/** A sealed line and its hash. */
export interface SealedLine {
  readonly text: string
  readonly hash: string
}

/**
 * Adds `Chain`, `PrevHash` and `Hash` to the end of a JSON object. Hash is
 * that of all that stands before it on the line.
 */
export function sealLine(
  line: string,
  { writer, number, at, previous }: Omit<Seal, 'hash'>,
  digest: Digest,
): SealedLine {
  const place = at === undefined ? number : `${number}@${at}`
  const body = `${line.slice(0, -1)},"Chain":"${writer}.${place}","PrevHash":"${previous}"`
  const hash = digest(body)
  return { text: `${body},"Hash":"${hash}"}`, hash }
}

/** The seal of a line; `undefined` when it has none. */
export function readSeal(line: Buffer): Seal | undefined {
  const end = line.toString('latin1', Math.max(0, line.length - SEAL_BYTES))
  const [, writer, number, at, previous, hash] = SEAL.exec(end) ?? []
  if (writer === undefined || previous === undefined || hash === undefined) {
    return undefined
  }
  const place = at === undefined ? undefined : Number(at)
  return { writer, number: Number(number), at: place, previous, hash }
}

/** Whether the line is what its hash says. */
export function isGenuine(line: Buffer, seal: Seal, digest: Digest): boolean {
  return digest(line.subarray(0, line.length - HASH_BYTES)) === seal.hash
}

/** Where a genuine line begins that stands behind something; -1 if nowhere. */
export function genuineFrom(line: Buffer, seal: Seal, digest: Digest): number {
  let from = line.lastIndexOf(BEGIN)
  for (let tried = 0; tried < MOST_BEGINS && from > 0; tried++) {
    if (isGenuine(line.subarray(from), seal, digest)) return from
    from = line.lastIndexOf(BEGIN, from - 1)
  }
  return -1
}

const BEGIN = '{"'
/** Each costs a hash; a record within its bounds has fewer objects. */
const MOST_BEGINS = 1000

/**
 * Whether a line without a seal can be the beginning of a sealed one, as a
 * killed writer or a full disk leaves it. A line that has its end is not.
 */
export function isTorn(line: Buffer): boolean {
  const end = line.toString('latin1', Math.max(0, line.length - SEAL_BYTES))
  if (line[0] !== OPEN) return false
  const at = end.lastIndexOf(CHAIN)
  if (at !== -1) return isCutSeal(end.slice(at))
  return !HAS_END.test(end) && !isWholeJson(line)
}

function isWholeJson(line: Buffer): boolean {
  try {
    JSON.parse(line.toString())
    return true
  } catch {
    return false
  }
}

const OPEN = 123
const HAS_END = /[0-9a-f]{64}.{0,2}$/

/** The seal has begun and ends too early, and what there is of it is right. */
function isCutSeal(rest: string): boolean {
  const quote = rest.indexOf('"', CHAIN.length)
  const completed =
    quote === -1
      ? rest + missingChain(rest) + EXAMPLE
      : rest + EXAMPLE.slice(rest.length - quote)
  return completed.length > rest.length && SEAL.test(completed)
}

function missingChain(rest: string): string {
  return rest.endsWith('@') ? '0' : FULL_CHAIN.slice(rest.length)
}
