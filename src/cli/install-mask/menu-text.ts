import { styleText } from 'node:util'
import { wrap } from '../text-layout.ts'

/** A line of a menu. */
export interface Choice<T> {
  readonly value: T
  readonly label: string
  /** Behind the label. */
  readonly hint?: string | undefined
  /** Shown below the menu while the line is the chosen one. */
  readonly detail?: string | undefined
}

/** The size of a terminal. */
export interface Size {
  readonly rows: number
  readonly columns: number
}

const HELP = 'Arrow keys or numbers, Enter to choose, Ctrl-C to leave'

/** A menu that fits into the terminal: no line wraps, and none scrolls away. */
export function menuLines<T>(
  choices: readonly Choice<T>[],
  cursor: number,
  { rows, columns }: Size,
): string[] {
  const width = Math.max(columns - 1, 1)
  const detail = choices[cursor]?.detail
  const below = [
    ...(detail === undefined ? [] : detailLines(detail, width)),
    styleText('dim', HELP.slice(0, width)),
  ]
  const room = Math.max(rows - below.length - QUESTION, 1)
  const lines = choices.map((choice, at) =>
    choiceLine(choice, at, at === cursor, width),
  )
  const first = Math.min(
    Math.max(cursor - Math.floor(room / 2), 0),
    Math.max(choices.length - room, 0),
  )
  return [...lines.slice(first, first + room), ...below]
}

/** The question, and the line in which the terminal's own cursor is. */
const QUESTION = 2

function detailLines(detail: string, width: number): string[] {
  const lines = wrap(detail, width, '      ').split('\n')
  return lines.map(line => styleText('dim', line.slice(0, width)))
}

function choiceLine<T>(
  { label, hint }: Choice<T>,
  at: number,
  isChosen: boolean,
  width: number,
): string {
  const mark = isChosen ? '>' : ' '
  const name = `${mark}${`${at + 1}.`.padStart(4)} ${label}`.slice(0, width)
  const remark = hint ? `  ${hint}`.slice(0, width - name.length) : ''
  return (isChosen ? styleText('cyan', name) : name) + styleText('dim', remark)
}
