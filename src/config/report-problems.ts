import { warn } from '../warn.ts'
import type { ConfigProblem } from './problem.ts'
import { problemsText } from './problem-text.ts'

/** Says all mistakes on stderr in one block; nothing when there are none. */
export function reportProblems(problems: readonly ConfigProblem[]): void {
  if (problems.length > 0) warn('MONGOWATCH_CONFIG', problemsText(problems))
}
