import type { Message, Verdict } from './sender.ts'
import {
  type Batch,
  type BatchLimits,
  resultsOf,
  type Settle,
  type Store,
} from './store.ts'

/** Messages wait in memory; the handler bounds how many there are. */
export class MemoryStore implements Store {
  readonly #limits: BatchLimits
  readonly #settle: Settle
  #messages: Message[] = []
  #bytes = 0

  constructor(limits: BatchLimits, settle: Settle) {
    this.#limits = limits
    this.#settle = settle
  }

  get hasWork(): boolean {
    return this.#messages.length > 0
  }

  get isFull(): boolean {
    const { maxRecords, maxBytes } = this.#limits
    return this.#messages.length >= maxRecords || this.#bytes >= maxBytes
  }

  put(messages: readonly Message[]): void {
    for (const message of messages) this.#messages.push(message)
    this.#bytes += bytesOf(messages)
  }

  take(): Batch | undefined {
    if (!this.hasWork) return undefined
    const { maxRecords, maxBytes } = this.#limits
    let bytes = 0
    let count = 0
    for (const { line } of this.#messages) {
      bytes += line.length
      if (count > 0 && (count >= maxRecords || bytes > maxBytes)) break
      count++
    }
    return { messages: this.#messages.slice(0, count) }
  }

  end({ messages }: Batch, verdict: Verdict): void {
    this.#messages = this.#messages.slice(messages.length)
    this.#bytes -= bytesOf(messages)
    this.#settle(resultsOf(messages.length, verdict))
  }

  giveUp(reason: string): void {
    const messages = this.#messages
    this.end({ messages }, { refused: messages.length, reason })
  }

  close(): void {
    // what waits is the handler's to count
  }
}

function bytesOf(messages: readonly Message[]): number {
  return messages.reduce((sum, { line }) => sum + line.length, 0)
}
