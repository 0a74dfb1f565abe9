import { attempt } from './attempt.ts'
import { readAnswer } from './cursor-answer.ts'
import type { CursorWatch } from './cursor-watch.ts'
import type { DrainedCursors } from './drained-cursors.ts'
import type { Observation } from './observation.ts'

/** How one batch differs from most. */
export interface BatchOptions {
  /** A handler refused the cursor. */
  readonly refusal?: Error | undefined
  /** `false`: the driver makes the answer up, nothing is sent. @default true */
  readonly isSent?: boolean
  /** The command failed. @default the cursor has failed */
  readonly fail?: (error: unknown) => void
}

/** Observes one command of a cursor until its answer. */
export function observeBatch(
  watch: CursorWatch,
  drained: DrainedCursors,
  options: BatchOptions = {},
): Observation {
  const { refusal, isSent = true, fail = error => watch.fail(error) } = options
  watch.fetch()
  return {
    refusal,
    awaitsFirst: false,
    succeed: result => {
      attempt(() => {
        const wasSent = isSent && result !== undefined
        watch.answered(
          wasSent ? readAnswer(result) : { count: 0, isLast: true },
          wasSent,
        )
        if (watch.isOpen && watch.isDrained) drained.add(watch)
      })
    },
    fail: error => {
      attempt(() => fail(error))
    },
  }
}
