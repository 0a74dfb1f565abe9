import { createHash } from 'node:crypto'
import { CommandError } from '../problem.ts'

const BEGIN = '>>> mongowatch >>>'
const END = '<<< mongowatch <<<'
/** Behind the first mark: what tells that the lines are as they were written. */
const SEAL = / \[([\da-f]{8})\]/
const NEW_FILE = ' (this file was new)'
const NO_LINE_END = ' (the file had no line end here)'
const WAS = 'was: '

/** How a block is written in a file. */
export interface BlockStyle {
  /** What begins a comment: `#` or `//`. */
  readonly comment: string
  readonly indent?: string
  /** CR LF only where the file has it and its reader knows it. */
  readonly lineEnd?: '\n' | '\r\n'
}

/** Puts lines between two marks at the end of a text. */
export function appendBlock(
  text: string | undefined,
  lines: readonly string[],
  style: BlockStyle,
): string {
  const before = text ?? ''
  if (/\\\r?\n?$/.test(before)) {
    throw new CommandError('its last line ends with a backslash')
  }
  const remark = text === undefined ? NEW_FILE : undefined
  return replaceRange(
    before,
    before.length,
    before.length,
    lines,
    style,
    remark,
  )
}

/**
 * Replaces whole lines by other ones between two marks, which keep the old ones
 * as comments. `begin` and `end` are where lines begin (or the end of the text);
 * when equal, nothing is replaced.
 */
export function replaceRange(
  text: string,
  begin: number,
  end: number,
  lines: readonly string[],
  style: BlockStyle,
  remark = '',
): string {
  const { comment, indent = '' } = style
  const old = text.slice(begin, end)
  const lineEnd = blockLineEnd(old, style.lineEnd)
  const unfinished = end === text.length && text !== '' && !text.endsWith('\n')
  const kept =
    old === '' ? [] : old.replace(LAST_LINE_END[lineEnd], '').split(lineEnd)
  const inner = [...kept.map(line => `${comment} ${WAS}${line}`), ...lines]
  const block = [
    `${comment} ${BEGIN} [${seal(inner)}]${unfinished ? NO_LINE_END : remark}`,
    ...inner,
    `${comment} ${END}`,
  ].map(line => indent + line + lineEnd)
  const joint = unfinished && old === '' ? lineEnd : ''
  return text.slice(0, begin) + joint + block.join('') + text.slice(end)
}

const LAST_LINE_END = { '\n': /\n$/, '\r\n': /\r\n$/ }

/** CR LF only where every replaced line has it, so that all can be put back. */
function blockLineEnd(old: string, wanted: '\n' | '\r\n' = '\n') {
  const mixed = /(^|[^\r])\n/.test(old)
  return mixed ? '\n' : wanted
}

/** Takes every block away and puts back what it replaced. */
export function removeBlocks(
  text: string,
  comment: string,
): string | undefined {
  const lines = text.split('\n')
  const result: string[] = []
  let isNew = false
  for (let at = 0; at < lines.length; at++) {
    const begin = lines[at] ?? ''
    if (!begin.trim().startsWith(`${comment} ${BEGIN}`)) {
      result.push(begin)
      continue
    }
    const end = findEnd(lines, at, comment)
    refuseChanged(lines.slice(at, end), at)
    result.push(...keptLines(lines.slice(at + 1, end), comment, begin))
    const isLast = end === lines.length - 2 && lines.at(-1) === ''
    if (begin.includes(NO_LINE_END) && isLast) {
      return withoutReturn(result.join('\n'), begin)
    }
    isNew ||= begin.includes(NEW_FILE)
    at = end
  }
  const restored = result.join('\n')
  return isNew && restored === '' ? undefined : restored
}

/** What a user wrote between the marks is not thrown away. */
function refuseChanged([begin = '', ...block]: string[], at: number): void {
  const written = SEAL.exec(begin)?.[1]
  if (written === undefined || written === seal(block)) return
  throw new CommandError(
    `what mongowatch wrote between the marks of line ${at + 1} and line ${at + block.length + 2} was changed since; keep what is yours and remove the rest of it, with both marks, by hand`,
  )
}

/** Neither indentation nor the kind of line ends is a change. */
function seal(lines: readonly string[]): string {
  const text = lines.map(line => line.trim()).join('\n')
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}

function withoutReturn(text: string, begin: string): string {
  return begin.endsWith('\r') ? text.replace(/\r$/, '') : text
}

function findEnd(
  lines: readonly string[],
  begin: number,
  comment: string,
): number {
  const mark = `${comment} ${END}`
  const end = lines.findIndex((line, at) => at > begin && line.trim() === mark)
  if (end >= 0) return end
  throw new CommandError(
    `line ${begin + 1} begins what mongowatch wrote, but the line that ends it ("${mark}") is gone; remove it by hand`,
  )
}

function keptLines(
  block: readonly string[],
  comment: string,
  begin: string,
): string[] {
  const indent = /^\s*/.exec(begin)?.[0] ?? ''
  const mark = `${indent}${comment} ${WAS}`
  return block
    .filter(line => line.startsWith(mark))
    .map(line => line.slice(mark.length))
}

/** The line end that most lines of a text have. */
export function lineEndOf(text: string): '\n' | '\r\n' {
  const all = text.split('\n').length - 1
  const returns = text.split('\r\n').length - 1
  return returns * 2 > all ? '\r\n' : '\n'
}
