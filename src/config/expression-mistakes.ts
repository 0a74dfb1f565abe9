import { misfitIn, type Range } from '../filters/cel-types.ts'
import { EditedText } from './edited-text.ts'
import { foreignOperator, nativeOperator } from './foreign-operators.ts'
import { nearestMeant } from './nearest-meant.ts'
import type { TextMistake } from './text-mistakes.ts'

type Check = (text: string) => string | undefined

/** A mistake, and the text in which it is none any more. */
interface Mended {
  readonly mistake: TextMistake
  readonly next?: EditedText | undefined
}

/** Not more than anybody reads. */
const MOST = 10

/**
 * Every mistake of a CEL expression: the library says only the first, so what
 * is wrong is replaced by what fits there and the rest is looked at again.
 *
 * @param most - how many of them are looked for
 */
export function expressionMistakes(
  text: string,
  check: Check,
  most = MOST,
): TextMistake[] {
  const found: TextMistake[] = []
  let current: EditedText | undefined = new EditedText(text)
  while (current !== undefined && found.length < most) {
    const message = check(current.text)
    if (message === undefined) return found
    const { mistake, next } = mend(message, current)
    found.push(asWritten(mistake, current, text))
    current = next?.text === current.text ? undefined : next
  }
  return found
}

/** With the place in the text of the user. */
function asWritten(
  mistake: TextMistake,
  current: EditedText,
  text: string,
): TextMistake {
  if (mistake.at === undefined) return mistake
  const at = current.original(mistake.at)
  const above = text.slice(0, at).split('\n')
  const column = (above.at(-1)?.length ?? 0) + 1
  return { ...mistake, at, where: `Line ${above.length}, column ${column}: ` }
}

function mend(told: string, current: EditedText): Mended {
  const { at, message } = located(told, current.text)
  const [, variable] = /Unknown variable: (\w+)/.exec(message) ?? []
  if (variable !== undefined)
    return {
      mistake: { message, piece: variable },
      next: current.renamed(variable, ANYTHING),
    }
  const [, called] = /Unknown function (\w+)/.exec(message) ?? []
  if (called !== undefined) {
    const nearest = nativeOperator(called) ?? nearestMeant(message, [])
    return {
      mistake: { message, piece: called, nearest },
      next: nearest
        ? current.renamed(called, nearest)
        : without(misfitIn(current.text), current),
    }
  }
  return mendOperator(message, at, current) ?? mendTypes(message, at, current)
}

function mendTypes(
  message: string,
  at: number | undefined,
  current: EditedText,
): Mended {
  const range = misfitIn(current.text)
  return {
    mistake: { message, at: at === undefined ? at : (range?.start ?? at) },
    next: without(range, current),
  }
}

/** A field that may hold anything fits everywhere. */
const ANYTHING = 'Filter'

function without(
  range: Range | undefined,
  current: EditedText,
): EditedText | undefined {
  return range && current.replaced(range.start, range.end, ANYTHING)
}

function mendOperator(
  message: string,
  at: number | undefined,
  current: EditedText,
): Mended | undefined {
  if (!/^(Unexpected|Expected [A-Z]+, )/.test(message)) return undefined
  const foreign = at === undefined ? at : foreignOperator(current.text, at)
  if (foreign === undefined) return undefined
  const { written, known } = foreign
  const end = foreign.at + written.length
  return {
    mistake: {
      message: `Unknown operator ${written}`,
      piece: written,
      at: foreign.at,
      nearest: known,
    },
    // in CEL ! holds for less than what stood behind `not`
    next: known === '!' ? undefined : current.replaced(foreign.at, end, known),
  }
}

/** A message without the place at its beginning, and that place. */
function located(told: string, text: string): TextMistake {
  const [prefix, line = '', column = ''] =
    /^Line (\d+), column (\d+): /.exec(told) ?? []
  if (prefix === undefined) return { message: told }
  const lines = text.split('\n').slice(0, Number(line) - 1)
  const above = lines.reduce((sum, each) => sum + each.length + 1, 0)
  const message = told.slice(prefix.length)
  return {
    message: message.charAt(0).toUpperCase() + message.slice(1),
    at: above + Number(column) - 1,
  }
}
