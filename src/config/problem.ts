import { type ConfigPath, type Place, pathText } from './node.ts'

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

/** One line: `file:3:7: path: message; did you mean …?`. */
export function problemText(problem: ConfigProblem): string {
  const { file, line, column, path, message, nearest, hint } = problem
  const where = [file, line, column].filter(part => part !== undefined)
  let text = message
  if (nearest !== undefined) text += `; did you mean ${nearest}?`
  if (hint !== undefined) text += ` (${hint})`
  return [where.join(':'), path, text].filter(part => part !== '').join(': ')
}
