import { giveUp } from './close-handlers.ts'
import type { Handler } from './handler.ts'
import type { Router } from './router.ts'

/** Configurations whose handlers may go on at once. */
const MAX_CONFIGURATIONS = 4

/**
 * Handlers of configurations that were replaced, as long as a slow receiver
 * has not taken what they hold.
 */
export class RetiredHandlers {
  /** Newest first. */
  #configurations: Handler[][] = []

  /** All that still have something. */
  get handlers(): Handler[] {
    return this.#configurations.flat().filter(hasWork)
  }

  /**
   * They take nothing more. What is lost by that, and what those of the oldest
   * configuration still hold when there are too many, is reported.
   */
  add(handlers: Iterable<Handler>, router: Router): void {
    const all = [...handlers]
    giveUp(
      all.filter(handler => !handler.retire()),
      router,
    )
    this.#configurations = [all, ...this.#configurations]
      .map(some => some.filter(hasWork))
      .filter(some => some.length > 0)
    giveUp(this.#configurations.splice(MAX_CONFIGURATIONS).flat(), router)
  }
}

function hasWork({ destination }: Handler): boolean {
  return destination.isBusy === true
}
