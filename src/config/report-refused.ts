import { warn } from '../warn.ts'
import { FILES } from './lazy.ts'
import type { ConfigProblem } from './problem.ts'

/**
 * Says on stderr, in one block, why a changed configuration is not taken over;
 * without a mistake there is no file any more.
 */
export function reportRefused(problems: readonly ConfigProblem[]): void {
  const stays = 'what was in force before stays'
  const text =
    problems.length === 0
      ? `The configuration file is gone: ${stays}`
      : FILES.problemText().problemsText(problems, stays)
  warn('MONGOWATCH_CONFIG', text)
}
