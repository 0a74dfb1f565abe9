import { warnOnce } from '../warn.ts'

/**
 * Runs a part of ours inside the application's call: a failure stays with us
 * and is said once.
 */
export function attempt<Result>(task: () => Result): Result | undefined {
  try {
    return task()
  } catch (error) {
    warnOnce('MONGOWATCH_WATCHER', error)
    return undefined
  }
}
