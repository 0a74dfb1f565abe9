import type { Io } from '../io.ts'
import { explain } from '../problem.ts'

/** One line for each place in which something could not be done. */
export function reportProblems(problems: readonly Error[], io: Io): void {
  for (const problem of problems) {
    io.stderr.write(`mongowatch-install-mask: ${explain(problem)}\n`)
  }
}
