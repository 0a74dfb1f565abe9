import { CommandError } from '../../problem.ts'

const ASSIGNMENT =
  /(?<![^\n])(?<head>[^\S\n]*(?:export[^\S\n]+)?NODE_OPTIONS[^\S\n]*=[^\S\n]*)(?<rest>[^\n]*)/g

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
  refuseWithin(text.slice(0, last.index))
  const { head = '', rest = '' } = last.groups ?? {}
  if (/\r./.test(rest)) throw new CommandError('its line ends are CR alone')
  if (/\\\r?$/.test(rest)) throw new CommandError(SEVERAL_LINES)
  return { index: last.index, head, ...readValue(rest) }
}

const SEVERAL_LINES = 'NODE_OPTIONS spans several lines'

/** The begin of a value in quotes that may go on in the next lines. */
const OPENED = /^\s*(?:export\s+)?[\w.-]+\s*=\s*(["'`])(.*)$/

/** Refuses to add a line that may be within the value of another variable. */
export function refuseWithin(before: string): void {
  let mark = ''
  let opened = 0
  let isContinued = false
  for (const [at, line] of before.split('\n').slice(0, -1).entries()) {
    const begin = mark === '' ? OPENED.exec(line) : undefined
    if (begin?.[1] !== undefined) [mark, opened] = [begin[1], at + 1]
    const rest = (begin?.[2] ?? line).replace(/\\./g, '')
    if (mark !== '' && rest.includes(mark)) mark = ''
    isContinued = !/^\s*#/.test(line) && /\\\r?$/.test(line)
  }
  if (mark === '' && !isContinued) return
  const what = isContinued
    ? 'the line before NODE_OPTIONS ends with a backslash'
    : `line ${opened} opens a quote, and what follows may be within it`
  throw new CommandError(`${what}: add the option by hand`)
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
      ? SEVERAL_LINES
      : 'NODE_OPTIONS has quotes within its value; add the option by hand',
  )
}
