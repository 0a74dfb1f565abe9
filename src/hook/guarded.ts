import { warnOnce } from '../warn.ts'

/** Runs our code inside the application's: a failure stays with us. */
export function guarded(task: () => void): void {
  try {
    task()
  } catch (error) {
    warnOnce('MONGOWATCH_HOOK', error)
  }
}
