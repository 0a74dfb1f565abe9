import { CommandError } from '../problem.ts'
import { isWritable, readBytes } from './files.ts'
import type { Target } from './target.ts'

/** A file before and after; undefined means that there is no file. */
export interface Change {
  readonly file: string
  /** What is installed or uninstalled by it: two scripts may be in one file. */
  readonly targets: readonly Target[]
  readonly before: string | undefined
  readonly after: string | undefined
  /** What becomes of the journal: the stub of a place is not in it. */
  readonly journal: 'add' | 'remove' | 'keep'
}

/** Files of these changes that this process may not write. */
export function unwritable(changes: readonly Change[]): string[] {
  return changes.map(({ file }) => file).filter(file => !isWritable(file))
}

/** Nothing is written over what somebody else wrote since it was read. */
export function refuseOvertaken({ file, before, after }: Change): void {
  const now = readBytes(file)
  if (now === before || now === after) return // or the same was done
  throw overtaken(file)
}

/** A plan that is no longer right. */
export function overtaken(file: string): CommandError {
  return new CommandError(
    `${file}: somebody else has changed it in the meantime, so it was left as it is; run this again`,
  )
}

/** An error of a place gets the name of its file. */
export function namingFile<T>(file: string, task: () => T): T {
  try {
    return task()
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    throw new CommandError(`${file}: ${error.message}`, { cause: error })
  }
}
