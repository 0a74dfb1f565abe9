import { warn } from '../warn.ts'
import { FILES } from './lazy.ts'
import type { ConfigProblem } from './problem.ts'

/** Says all mistakes on stderr in one block; nothing when there are none. */
export function reportProblems(problems: readonly ConfigProblem[]): void {
  if (problems.length === 0) return
  warn('MONGOWATCH_CONFIG', FILES.problemText().problemsText(problems))
}
