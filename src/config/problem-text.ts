import { printable } from './printable.ts'
import type { ConfigProblem } from './problem.ts'
import { sourceLine } from './source-line.ts'

/** One line: `file:3:7: path: message; did you mean …?`. */
export function problemText(problem: ConfigProblem): string {
  const { file, line, column, path, hint } = problem
  const where = [file, line, column].filter(part => part !== undefined)
  let text = sentenceOf(problem)
  if (hint !== undefined) text += ` (${hint})`
  return printable(
    [where.join(':'), path, text].filter(part => part !== '').join(': '),
  )
}

/**
 * A problem as compilers show it: the place, the line with a mark under it,
 * then what helps.
 */
export function problemBlock(problem: ConfigProblem): string {
  const { file, line, column, path, hint } = problem
  const where = [file, line, column].filter(part => part !== undefined)
  const head = [where.join(':'), sentenceOf(problem)]
  const lines = [head.filter(part => part !== '').join(': ')].map(printable)
  lines.push(...excerpt(problem))
  if (path !== '') lines.push(printable(`  in ${path}`))
  if (hint !== undefined) lines.push(printable(`  ${hint}`))
  return lines.join('\n')
}

/** How many problems are worth reading at once. */
const MAX_SHOWN = 20

/** All problems in one text of bounded length, one per line. */
export function problemsText(
  problems: readonly ConfigProblem[],
  consequence = 'its valid part is used',
): string {
  const count =
    problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`
  const lines = [`${count} in the configuration, ${consequence}`]
  for (const problem of problems.slice(0, MAX_SHOWN))
    lines.push(`  ${cut(problemText(problem), 1000)}`)
  if (problems.length > MAX_SHOWN)
    lines.push(
      `  and ${problems.length - MAX_SHOWN} more: mongowatch check-config shows them`,
    )
  return lines.join('\n')
}

function sentenceOf({ message, nearest, isWarning }: ConfigProblem): string {
  const text = isWarning ? `Warning: ${message}` : message
  return nearest === undefined ? text : `${text}; did you mean ${nearest}?`
}

const WIDTH = 100

function excerpt({ place }: ConfigProblem): string[] {
  if (place === undefined) return []
  const text = sourceLine(place.source, place.line)
  const from = Math.max(0, place.column - 1 - WIDTH / 2)
  const shown = Array.from(text.slice(from, from + WIDTH), visible).join('')
  const start = place.column - 1 - from
  const length = Math.min(place.length, Math.max(1, shown.length - start))
  const number = String(place.line)
  const gutter = ' '.repeat(number.length)
  return [
    `  ${number} | ${shown}`,
    `  ${gutter} | ${' '.repeat(start)}${'^'.repeat(length)}`,
  ]
}

/** One column each: the mark has to stand under its character. */
function visible(character: string): string {
  if (character === '\t' || character === '\r') return ' '
  return printable(character) === character ? character : '?'
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text
}
