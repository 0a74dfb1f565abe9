import { createHash } from 'node:crypto'
import type { Source } from './node.ts'
import { type ConfigProblem, problemAt } from './problem.ts'
import { readFileBounded } from './read-bounded.ts'

/** A file larger than this is not a configuration. */
export const MAX_BYTES = 256 * 1024

/** A file's text with what is known about the file. */
export interface ReadSource {
  readonly source: Source
  /** SHA-256 of the bytes, hex. */
  readonly digest: string
}

/** Reads a configuration file or takes a text; a problem when it cannot be. */
export function readSource(input: string | Source): ReadSource | ConfigProblem {
  const path = typeof input === 'string' ? input : input.path
  try {
    const bytes =
      typeof input === 'string'
        ? readFileBounded(input, MAX_BYTES)
        : Buffer.from(input.text)
    if (bytes.length > MAX_BYTES) {
      return unreadable(path, `Expected at most ${MAX_BYTES} bytes`)
    }
    const digest = createHash('sha256').update(bytes).digest('hex')
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return { source: { path, text }, digest }
  } catch (error) {
    return unreadable(path, reasonOf(error))
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file',
  EACCES: 'This user may not read it',
  EAGAIN: 'Expected a file, it is a pipe that nobody writes to',
  EISDIR: 'Expected a file, it is a folder',
}

/** Why a file cannot be read, in words. */
export function reasonOf(error: unknown): string {
  if (error instanceof TypeError) return 'Expected UTF-8 text'
  const { code } = Object(error)
  return REASONS[code] ?? `Cannot be read: ${String(code ?? error)}`
}

/** True for the problem that stands in place of a text. */
export function isUnread(
  read: ReadSource | ConfigProblem,
): read is ConfigProblem {
  return 'message' in read
}

function unreadable(path: string, message: string): ConfigProblem {
  return { ...problemAt(undefined, [], message), file: path }
}
