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
    writeSync(2, `mongowatch: ${describe(problem)} (${code})\n`)
  } catch {
    // stderr is closed or full: there is nobody left to tell
  }
}

function describe(problem: unknown): string {
  if (!(problem instanceof Error)) return String(problem)
  return process.env.MONGOWATCH_DEBUG
    ? (problem.stack ?? problem.message)
    : problem.message
}
