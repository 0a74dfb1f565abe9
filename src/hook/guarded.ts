import { warnOnce } from '../warn.ts'

/** Runs our code inside the application's: a failure stays with us. */
export function guarded(task: () => void): void {
  try {
    task()
  } catch (error) {
    warnOnce('MONGOWATCH_HOOK', firstLine(error))
  }
}

/** What went wrong, without the list of files that required each other. */
export function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.split('\n', 1)[0] ?? text
}
