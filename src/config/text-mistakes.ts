import { nearestName } from './nearest.ts'

/** A mistake in a text, and the piece of it that is wrong. */
export interface TextMistake {
  readonly message: string
  readonly piece: string | undefined
}

type Check = (text: string) => string | undefined

/** What CEL calls its functions. */
const FUNCTIONS = [
  ...['has', 'size', 'contains', 'startsWith', 'endsWith', 'matches'],
  ...['int', 'double', 'string', 'bool', 'timestamp', 'duration', 'type'],
  ...['all', 'exists', 'exists_one', 'filter', 'map'],
]

/** The known function that a message about an unknown one means. */
export function nearestFunction(message: string): string | undefined {
  const name = functionIn(message)
  if (name === undefined || FUNCTIONS.includes(name)) return undefined
  return nearestName(name, FUNCTIONS)
}

function functionIn(message: string): string | undefined {
  return /overload for '(?:[^'(]*\.)?(\w+)\(/.exec(message)?.[1]
}

/** Not more than anybody reads. */
const MOST = 10

/**
 * Every unknown name of a CEL expression, then what else is wrong: the
 * library says only the first, so that one is replaced by a known one and the
 * rest is looked at again.
 *
 * @param most - how many of them are looked for
 */
export function expressionMistakes(
  text: string,
  check: Check,
  most = MOST,
): TextMistake[] {
  const found: TextMistake[] = []
  let current = text
  for (let i = 0; i < most; i++) {
    const message = check(current)
    if (message === undefined) return found
    const [, variable] = /Unknown variable: (\w+)/.exec(message) ?? []
    const known = nearestFunction(message)
    const piece = variable ?? (known && functionIn(message))
    // places in a text that was changed are not those of the user's text
    const plain = current === text ? message : message.replace(/^Line.*?: /, '')
    found.push({
      message: variable ? `Unknown variable: ${variable}` : plain,
      piece,
    })
    if (piece === undefined) return found
    current = current.replaceAll(
      new RegExp(`(?<![\\w.])${piece}(?!\\w)`, 'g'),
      known ?? 'Filter',
    )
  }
  return found
}

/** Every part of a template that is wrong by itself. */
export function templateMistakes(text: string, check: Check): TextMistake[] {
  const whole = check(text)
  if (whole === undefined) return []
  const parts = text.replaceAll(/\{\{|\}\}/g, '').match(/\{[^{}]*\}/g) ?? []
  const found = [...new Set(parts)].flatMap(piece => {
    const message = check(piece)
    return message === undefined ? [] : [{ message, piece }]
  })
  if (found.length === 0) return [{ message: whole, piece: undefined }]
  // a brace that is never closed is in no part
  const mended = found.reduce(
    (rest, { piece }) => rest.replaceAll(piece, '-'.repeat(piece.length)),
    text,
  )
  const left = check(mended)?.replace(JSON.stringify(mended), () =>
    JSON.stringify(text),
  )
  const rest = left === undefined ? [] : [{ message: left, piece: undefined }]
  return [...found.slice(0, MOST), ...rest]
}
