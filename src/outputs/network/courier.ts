import { retryDelay } from './retry-delay.ts'
import { type Sender, Unavailable } from './sender.ts'
import type { Batch, Store } from './store.ts'

/** What a courier works with. */
export interface CourierParts {
  readonly store: Store
  readonly sender: Sender
  /** Milliseconds that a batch may wait for more messages. */
  readonly delayMs: number
  /** Told why messages have to wait. */
  readonly onTrouble: (reason: string) => void
  /** Called when nothing waits any more after {@link Courier.finish}. */
  readonly onFinished: () => void
}

/**
 * Takes batches from a store to a receiver, one after the other, each as often
 * as the receiver needs it.
 */
export class Courier {
  readonly #parts: CourierParts
  #timer: NodeJS.Timeout | undefined
  /** When the receiver may be asked again. */
  #notBefore = 0
  #failures = 0
  #isSending = false
  /** The process ends: each failure is the last. */
  #isHurried = false
  #isEnding = false

  constructor(parts: CourierParts) {
    this.#parts = parts
  }

  /** There is something in the store. */
  wake(): void {
    if (this.#isSending) return
    if (!this.#parts.store.hasWork) {
      if (this.#isEnding) this.#finished()
      return
    }
    const wait = this.#wait
    if (wait <= 0) this.#send()
    else {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined
        this.#send()
      }, wait)
    }
  }

  /** Each batch gets one more attempt, at once. */
  hurry(): void {
    this.#isHurried = true
    this.#wakeNow()
  }

  /** Nothing more will be put into the store. */
  finish(): void {
    this.#isEnding = true
    this.#wakeNow()
  }

  #wakeNow(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.wake()
  }

  get #wait(): number {
    if (this.#isHurried) return 0
    if (this.#failures > 0) return this.#notBefore - Date.now()
    const { store, delayMs } = this.#parts
    return store.isFull || this.#isEnding ? 0 : delayMs
  }

  #send(): void {
    const batch = this.#isSending ? undefined : this.#parts.store.take()
    if (batch === undefined) return
    this.#isSending = true
    this.#deliver(batch).then(
      () => {
        this.#isSending = false
        this.wake()
      },
      (error: unknown) => {
        throw error // a fault of ours ends the thread; the handler counts
      },
    )
  }

  async #deliver(batch: Batch): Promise<void> {
    const { store, sender, onTrouble } = this.#parts
    try {
      const verdict = await sender.send(batch.messages)
      if (verdict.refused > 0) onTrouble(verdict.reason)
      store.end(batch, verdict)
      this.#failures = 0
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error
      this.#failures++
      onTrouble(error.message)
      const delay = retryDelay(this.#failures, error.retryAfterMs)
      this.#notBefore = Date.now() + delay
      if (this.#isHurried) store.giveUp(error.message)
    }
  }

  #finished(): void {
    this.#parts.sender.close()
    this.#parts.store.close()
    this.#parts.onFinished()
  }
}
