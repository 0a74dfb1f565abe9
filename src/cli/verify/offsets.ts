import type { FileEnd } from '../../integrity/file-ends.ts'

/** Lines whose offsets are remembered: more than can be in flight. */
const REMEMBERED = 65_536

/** Where the last lines of a file ended, and their hashes. */
export class Offsets {
  readonly #ends = new Map<number, string | null>([[0, null]])
  #oldest = 0

  add(end: number, hash: string | null): void {
    this.#ends.set(end, hash)
    if (this.#ends.size <= REMEMBERED) return
    const [first] = this.#ends.keys()
    if (first === undefined) return
    this.#ends.delete(first)
    this.#oldest = first + 1
  }

  /** Why the file is not what somebody saw; `undefined` when it is. */
  contradiction({ size, hash }: FileEnd): string | undefined {
    if (size < this.#oldest) return undefined
    const found = this.#ends.get(size)
    if (found === hash) return undefined
    const how = found === undefined ? 'no line ends there' : 'another line does'
    return `a later line saw the file with ${size} bytes, but ${how} now`
  }
}
