import type { RE2JS } from 're2js'
import { FilterError } from './filter-error.ts'

/** MongoDB's `$options`; `x` has no counterpart and is refused. */
const FLAGS = {
  i: 'CASE_INSENSITIVE',
  m: 'MULTILINE',
  s: 'DOTALL',
} as const

const loadEngine = (): typeof import('re2js') => require('re2js')

/** Tells whether a text contains what a regular expression describes. */
export type TextTest = (text: string) => boolean

/**
 * Compiles a pattern for an engine whose time grows linearly with the text:
 * what is tested comes from the users of the application. The engine is
 * loaded with the first pattern. Look-around and back references, which need
 * more than linear time, are refused.
 */
export function compileRegularExpression(
  pattern: string,
  flags = '',
): TextTest {
  const { RE2JS } = loadEngine()
  const mode = modeOf(RE2JS, flags)
  try {
    const expression = RE2JS.compile(pattern, mode)
    return text => expression.test(text)
  } catch (error) {
    throw new FilterError(
      `the regular expression ${JSON.stringify(pattern)} cannot be used: ${reason(error)}`,
      { cause: error },
    )
  }
}

function modeOf(engine: typeof RE2JS, flags: string): number {
  let mode = 0
  for (const letter of flags) {
    const flag = Object.entries(FLAGS).find(([name]) => name === letter)
    if (flag === undefined) {
      throw new FilterError(
        `the option ${JSON.stringify(letter)} of a regular expression is not one of i, m, s`,
      )
    }
    mode |= engine[flag[1]]
  }
  return mode
}

function reason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.replace(/^error parsing regexp: /, '')
}
