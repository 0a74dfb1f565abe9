import type { Clock } from '../clock.ts'
import { maskText } from '../record/secrets-text.ts'
import { warn } from '../warn.ts'
import { type Loss, Tally } from './destination.ts'
import { type BufferLimits, LineBuffer } from './line-buffer.ts'
import type { LineSource } from './line-source.ts'

const DROP_EVERY_MS = 1_000

/** The line that reports a loss. */
export interface Report {
  readonly line: string
  readonly level: 'warning'
  readonly loss: Loss
}

/**
 * Lines that wait for a slow receiver, within bounds, and the account of those
 * that never came there.
 */
export class WaitingLines<Item> {
  readonly tally = new Tally()
  readonly buffer: LineBuffer<Item>
  readonly #limits: BufferLimits
  readonly #source: LineSource
  readonly #clock: Clock
  #lastError: string | undefined
  #lastReport = Number.NEGATIVE_INFINITY
  #isSaid = false
  #isReporting = false
  /** What became of the last report of a loss. */
  isReportLost = false

  constructor(limits: BufferLimits, source: LineSource, clock: Clock) {
    this.buffer = new LineBuffer(limits)
    this.#limits = limits
    this.#source = source
    this.#clock = clock
  }

  /**
   * Makes room for one line, at the cost of the oldest or, when this is false,
   * of the line itself. `lost` is told of each.
   */
  makeRoom(bytes: number, lost: (reason: string) => void): boolean {
    const reason = this.#lastError ?? 'The transport is slow'
    while (this.buffer.isFullFor(bytes)) {
      lost(reason)
      if (this.#limits.onFull !== 'drop_old') return false
      this.buffer.remove(1)
    }
    return true
  }

  /**
   * Now and then the report of a loss; at once when nothing else waits. Not
   * while another is on its way: it would report the same once more.
   */
  dueReport(isIdle: boolean): Report | undefined {
    const loss = this.tally.unreported
    const now = this.#clock.monotonic()
    const isDue = isIdle || now - this.#lastReport > DROP_EVERY_MS
    if (loss === undefined || this.#isReporting || !isDue) return undefined
    this.#lastReport = now
    this.#isReporting = true
    return { line: this.#source.dropLine(loss), level: 'warning', loss }
  }

  /** A report arrived, or was lost itself: there will be another. */
  settleReport(loss: Loss, hasArrived: boolean): void {
    this.#isReporting = false
    this.isReportLost = !hasArrived
    if (hasArrived) this.tally.reported(loss)
  }

  /** Something went wrong: said once. */
  fail(reason: string): void {
    this.#lastError = this.#withoutSecrets(reason)
    if (this.#isSaid) return
    this.#isSaid = true
    const { name, onTrouble } = this.#source
    const say = onTrouble ?? warnOf(name)
    say(this.#lastError)
  }

  /** Counts lost lines; answers the reason, the last failure by default. */
  lose(count: number, reason = this.#lastError ?? 'It failed'): string {
    const shown = this.#withoutSecrets(reason)
    this.tally.lose(count, shown, this.#clock.wall())
    return shown
  }

  /** An error of a transport may quote the options that it was made with. */
  #withoutSecrets(reason: string): string {
    const { hide = String } = this.#source
    return maskText(hide(reason))
  }
}

function warnOf(name: string): (reason: string) => void {
  return reason =>
    warn(
      'MONGOWATCH_TRANSPORT',
      `Handler ${name}: ${reason}. It goes on trying; what is lost is counted`,
    )
}
