import { setImmediate } from 'node:timers' // the global one may be a test's
import { attempt } from './attempt.ts'
import type { CursorWatch } from './cursor-watch.ts'

/**
 * Cursors whose last batch came in this turn. Most applications take it in the
 * same turn, so one look at all of them after it finds most of them read.
 */
export class DrainedCursors {
  #watches: CursorWatch[] = []

  add(watch: CursorWatch): void {
    this.#watches.push(watch)
    if (this.#watches.length > 1) return
    setImmediate(() => {
      const watches = this.#watches
      this.#watches = []
      for (const waiting of watches) attempt(() => waiting.finishIfConsumed())
    }).unref()
  }
}
