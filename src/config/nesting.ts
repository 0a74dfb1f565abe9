/** Brackets that are open at once; a file may have 50 levels. */
const MOST_BRACKETS = 100
/** Columns of indentation, and signs that begin something, of one line. */
const MOST_OF_LINE = 400

const SIGN = /\n[ \t]*(?=\S)|[[\]{}]|[-?:](?=[ \t])/g

const BRACKETS: ReadonlyMap<string, number> = new Map([
  ['[', 1],
  ['{', 1],
  [']', -1],
  ['}', -1],
])

/**
 * Where a text is nested so deeply that it must not be parsed; undefined when
 * it is not. The parser goes down with every level: near the end of the stack
 * V8 cannot compile a regular expression, and ends the process.
 *
 * Brackets and signs within texts count too, which is why the limits are far
 * above what a configuration has.
 */
export function deepAt(text: string): number | undefined {
  let brackets = 0
  let ofLine = 0
  for (const { 0: sign, index } of text.matchAll(SIGN)) {
    const step = BRACKETS.get(sign)
    if (step !== undefined) brackets = Math.max(0, brackets + step)
    else if (brackets > 0) ofLine = 0
    else ofLine = sign.startsWith('\n') ? sign.length - 1 : ofLine + 1
    if (brackets > MOST_BRACKETS || ofLine > MOST_OF_LINE) return index
  }
  return undefined
}
