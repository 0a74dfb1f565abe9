import { writeSync } from 'node:fs'

const said = new Set<string>()

/**
 * Says something on stderr once per code in this thread, and never throws: a
 * failure of ours must not reach the application. `code` is stable and has a
 * row in docs/errors.md.
 */
export function warnOnce(code: string, problem: unknown): void {
  if (said.has(code)) return
  said.add(code)
  warn(code, problem)
}

/** Says something on stderr; see {@link warnOnce}. */
export function warn(code: string, problem: unknown): void {
  try {
    writeSync(2, `mongowatch: ${harmless(describe(problem))} (${code})\n`)
  } catch {
    // stderr is closed or full: there is nobody left to tell
  }
}

/** C0 but the line's end, DEL, C1, line separators, bidirectional controls. */
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones
  /[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/**
 * A receiver, a module or a name may put anything into a message: no control
 * character reaches the terminal, and no line but the first looks like one of
 * ours. (Written here: every Node process of a host may load this file.)
 */
function harmless(text: string): string {
  return text
    .replace(UNSAFE, unit => {
      const code = unit.charCodeAt(0).toString(16).padStart(4, '0')
      return `\\u${code}`
    })
    .replace(/\n(?! )/g, '\n  ')
}

function describe(problem: unknown): string {
  if (!(problem instanceof Error)) return String(problem)
  return process.env.MONGOWATCH_DEBUG
    ? (problem.stack ?? problem.message)
    : problem.message
}
