import { CommandError } from '../../problem.ts'

const ASSIGNMENT =
  /^(?<head>[^\S\n]*(?:export[^\S\n]+)?NODE_OPTIONS[^\S\n]*=[^\S\n]*)(?<rest>[^\n]*)$/gm

/** A line that sets NODE_OPTIONS, taken apart. */
export interface AssignmentLine {
  readonly index: number
  /** Up to the value. */
  readonly head: string
  /** The value without its quotes. */
  readonly value: string
  /** The quote, or nothing. */
  readonly mark: '"' | "'" | ''
  /** What follows the value: a comment, a carriage return. */
  readonly tail: string
}

/** The last assignment of a text, which is the one that counts. */
export function readAssignment(text: string): AssignmentLine | undefined {
  const last = [...text.matchAll(ASSIGNMENT)].at(-1)
  if (last === undefined) return undefined
  const { head = '', rest = '' } = last.groups ?? {}
  return { index: last.index, head, ...readValue(rest) }
}

type Value = Pick<AssignmentLine, 'value' | 'mark' | 'tail'>

function readValue(rest: string): Value {
  const mark = rest[0]
  if (mark === '"' || mark === "'") return readQuoted(rest, mark)
  if (mark === '`') throw new CommandError('NODE_OPTIONS is in ` quotes')
  const tail = /(?:\s+|^)#[^\n]*$|\s+$/.exec(rest)?.[0] ?? ''
  return { value: rest.slice(0, rest.length - tail.length), mark: '', tail }
}

const QUOTED = {
  '"': /^"((?:[^"\\]|\\.)*)"(\s*|\s+#[^\n]*)$/,
  "'": /^'([^']*)'(\s*|\s+#[^\n]*)$/,
}

function readQuoted(rest: string, mark: '"' | "'"): Value {
  const match = QUOTED[mark].exec(rest)
  if (match !== null) {
    const [, value = '', tail = ''] = match
    return { value, mark, tail }
  }
  const isOpen = !rest.slice(1).includes(mark)
  throw new CommandError(
    isOpen
      ? 'NODE_OPTIONS spans several lines'
      : 'NODE_OPTIONS has quotes within its value; add the option by hand',
  )
}
