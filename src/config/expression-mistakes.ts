import {
  type ForeignOperator,
  foreignOperator,
  nativeOperator,
} from './foreign-operators.ts'
import { nearestMeant } from './nearest-meant.ts'
import type { TextMistake } from './text-mistakes.ts'

type Check = (text: string) => string | undefined

/** A mistake, and the text in which it is none any more. */
interface Mended {
  readonly mistake: TextMistake
  readonly text?: string | undefined
}

/** Not more than anybody reads. */
const MOST = 10

/**
 * Every unknown name and foreign operator of a CEL expression, then what else
 * is wrong: the library says only the first, so that one is replaced by a
 * known one and the rest is looked at again.
 *
 * @param most - how many of them are looked for
 */
export function expressionMistakes(
  text: string,
  check: Check,
  most = MOST,
): TextMistake[] {
  const found: TextMistake[] = []
  let current: string | undefined = text
  while (current !== undefined && found.length < most) {
    const message = check(current)
    if (message === undefined) return found
    const mended = mend(message, current)
    // places in a text that was changed are not those of the user's text
    const { at, where, ...mistake } = mended.mistake
    found.push(current === text ? mended.mistake : mistake)
    current = mended.text === current ? undefined : mended.text
  }
  return found
}

function mend(told: string, text: string): Mended {
  const { at, where, message } = located(told, text)
  const [, variable] = /Unknown variable: (\w+)/.exec(message) ?? []
  if (variable !== undefined)
    return {
      mistake: { message, piece: variable },
      text: replaced(text, variable, 'Filter'),
    }
  const [, called] = /Unknown function (\w+)/.exec(message) ?? []
  if (called !== undefined) {
    const nearest = nativeOperator(called) ?? nearestMeant(message, [])
    return {
      mistake: { message, piece: called, nearest },
      text: nearest && replaced(text, called, nearest),
    }
  }
  const foreign = at === undefined ? undefined : foreignOperator(text, at)
  if (foreign === undefined || !/^(Unexpected|Expected [A-Z]+, )/.test(message))
    return { mistake: { message, at, where } }
  const { written, known } = foreign
  return {
    mistake: {
      message: `Unknown operator ${written}`,
      piece: written,
      at: foreign.at,
      nearest: known,
    },
    // in CEL ! holds for less than what stood behind `not`
    text: known === '!' ? undefined : replacedAt(text, foreign),
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
    where: prefix,
    at: above + Number(column) - 1,
  }
}

function replaced(text: string, name: string, by: string): string {
  return text.replaceAll(new RegExp(`(?<!\\w)${name}(?!\\w)`, 'g'), by)
}

function replacedAt(
  text: string,
  { at, written, known }: ForeignOperator,
): string {
  return text.slice(0, at) + known + text.slice(at + written.length)
}
