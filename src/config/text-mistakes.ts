/** A mistake in a text, and the piece of it that is wrong. */
export interface TextMistake {
  readonly message: string
  /** Some text that stands there. */
  readonly piece?: string | undefined
  /** Where it is, when that is known. */
  readonly at?: number | undefined
  /** The same in words, for a text whose lines are not those of the file. */
  readonly where?: string | undefined
  /** What was meant, when the message does not tell. */
  readonly nearest?: string | undefined
}

type Check = (text: string) => string | undefined

/** Not more than anybody reads. */
const MOST = 10

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
