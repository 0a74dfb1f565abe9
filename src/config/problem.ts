import type { ConfigPath, Place } from './node.ts'
import { pathText } from './path-text.ts'

/** One mistake in a configuration. */
export interface ConfigProblem {
  /** The file, or undefined for an object given to `configure()`. */
  readonly file: string | undefined
  /** From 1; undefined when it cannot be said. */
  readonly line: number | undefined
  readonly column: number | undefined
  /** `handlers.audit.max_bytes`; empty for the file as a whole. */
  readonly path: string
  /** One sentence: what was expected and what came. */
  readonly message: string
  /** The nearest known name, when one is near. */
  readonly nearest: string | undefined
  /** What to write instead, or what is done about it. */
  readonly hint: string | undefined
  /** True when it may well be meant: it is said, and counts as no mistake. */
  readonly isWarning?: boolean
  /** Where it is, with the text around. */
  readonly place: Place | undefined
}

/** What a problem may add to its message. */
export interface ProblemDetail {
  readonly nearest?: string | undefined
  readonly hint?: string | undefined
}

/** Puts a problem together. */
export function problemAt(
  place: Place | undefined,
  path: ConfigPath,
  message: string,
  { nearest, hint }: ProblemDetail = {},
): ConfigProblem {
  return {
    file: place?.source.path,
    line: place?.line,
    column: place?.column,
    path: pathText(path),
    message,
    nearest,
    hint,
    place,
  }
}
