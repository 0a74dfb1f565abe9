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
  /** When the process ends: told for how many milliseconds there is no news. */
  readonly onPause: (milliseconds: number) => void
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
  /** When the receiver may be asked again, by our own back-off or its word. */
  #notBefore = 0
  /** By its word alone. */
  #asksFor = 0
  #failures = 0
  #isSending = false
  /** The process ends then. */
  #deadline: number | undefined
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
    else this.#pause(wait)
  }

  /**
   * The process ends in so many milliseconds. Each batch gets an attempt at
   * once, or when the receiver asks for it; another at once when there was no
   * answer, as of a connection that was kept too long; and more as long as the
   * receiver answers.
   */
  hurry(milliseconds: number): void {
    const now = performance.now()
    this.#deadline = now + milliseconds
    this.#failures = 0
    this.#notBefore = this.#asksFor < this.#deadline ? this.#asksFor : now
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

  #pause(wait: number): void {
    if (this.#timer !== undefined) return
    if (this.#deadline !== undefined) this.#parts.onPause(wait)
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      if (this.#isFree) this.#send()
      else this.wake()
    }, wait)
  }

  /** A batch goes when it is full or has waited for more messages. */
  get #isFree(): boolean {
    return this.#failures === 0 && this.#deadline === undefined
  }

  get #wait(): number {
    if (!this.#isFree) return this.#notBefore - performance.now()
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
      this.#notBefore = 0
      this.#asksFor = 0
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error
      this.#failures++
      onTrouble(error.message)
      if (!this.#postpone(error)) store.giveUp(error.message)
    }
  }

  /** Says when the next attempt is; false when the process ends before. */
  #postpone({ retryAfterMs }: Unavailable): boolean {
    const now = performance.now()
    const delay = retryDelay(this.#failures, retryAfterMs ?? 0)
    this.#asksFor = now + (retryAfterMs ?? 0)
    this.#notBefore = now + delay
    if (this.#deadline === undefined) return true
    const isLast =
      retryAfterMs === undefined
        ? this.#failures > 1
        : this.#notBefore > this.#deadline
    if (isLast || retryAfterMs === undefined) this.#notBefore = now
    return !isLast
  }

  #finished(): void {
    this.#parts.sender.close()
    this.#parts.store.close()
    this.#parts.onFinished()
  }
}
