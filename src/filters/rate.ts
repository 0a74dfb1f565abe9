import type { Clock } from '../clock.ts'
import { isFieldName } from '../record/fields.ts'
import { type AuditRecord, isFinal } from '../record/record.ts'
import type { RecordFilter } from './filter.ts'
import { FilterError, notAField } from './filter-error.ts'
import { isLifecycle } from './filter-fields.ts'
import { IterationIncrease } from './iteration-increase.ts'
import { RatePeriod } from './rate-period.ts'

/** Settings of a `rate` filter. */
export interface RateOptions {
  /** Fields to sum up; one that holds no number is counted. */
  readonly attributes: readonly string[]
  /** Length of a period in seconds. @default 60 */
  readonly outputRateSec?: number
  /** What the name of a rate ends with. @default '/s' */
  readonly suffix?: string
  /** Records without a value in any attribute pass. @default true */
  readonly ignoreNones?: boolean
  /** Only final iterations are summed up. @default true */
  readonly ignoreIntermediates?: boolean
  /**
   * A period whose end no later record shows is dropped, not written by
   * itself. @default false
   */
  readonly drop?: boolean
}

const DEFAULTS = {
  outputRateSec: 60,
  suffix: '/s',
  ignoreNones: true,
  ignoreIntermediates: true,
  drop: false,
} satisfies Omit<RateOptions, 'attributes'>

/**
 * Sums records up. They are stopped; at the end of a period a record is let
 * through that says what was summed up in it, with rates per second
 * (`InsertedCount/s`). A record after the end is the first of the next period.
 */
export class RateFilter implements RecordFilter {
  readonly isPrompt = true
  readonly #options: Required<RateOptions>
  readonly #clock: Clock
  readonly #increase: IterationIncrease
  readonly #length: number
  #period: RatePeriod | undefined

  constructor(options: RateOptions, clock: Clock) {
    this.#options = { ...DEFAULTS, ...options }
    this.#clock = clock
    this.#length = this.#options.outputRateSec * 1000
    this.#increase = new IterationIncrease(options.attributes)
    for (const name of options.attributes) {
      if (isFieldName(name)) continue
      throw notAField(name)
    }
    if (!(this.#length > 0)) {
      throw new FilterError('a period takes more than 0 seconds')
    }
  }

  apply(record: AuditRecord): AuditRecord | false {
    const { attributes, ignoreNones, ignoreIntermediates } = this.#options
    if (isLifecycle(record)) return record
    const hasNone = attributes.every(name => Reflect.get(record, name) == null)
    if (hasNone && ignoreNones) return record
    if (ignoreIntermediates && !isFinal(record)) return false
    const summary = this.#endPeriod()
    this.#period?.add(record, this.#increase.of(record))
    return summary ?? false
  }

  flush(): AuditRecord[] {
    return this.#take(this.#clock.monotonic())
  }

  due(): AuditRecord[] {
    const end = (this.#period?.start ?? 0) + this.#length
    const isOver = this.#clock.monotonic() >= end
    return isOver && !this.#options.drop ? this.#take(end) : []
  }

  #take(end: number): AuditRecord[] {
    const { drop, suffix } = this.#options
    const period = this.#period
    this.#period = undefined
    if (period === undefined || period.isEmpty || drop) return []
    return [period.summary(end, suffix)]
  }

  /** Begins a period if none is open or the open one is over. */
  #endPeriod(): AuditRecord | undefined {
    const { suffix, attributes } = this.#options
    const now = this.#clock.monotonic()
    const over = this.#period
    if (over !== undefined && now < over.start + this.#length) return undefined
    const gone = over === undefined ? 0 : (now - over.start) % this.#length
    const wall = this.#clock.wall() - gone
    this.#period = new RatePeriod(attributes, now - gone, wall)
    if (over === undefined || over.isEmpty) return undefined
    return over.summary(over.start + this.#length, suffix)
  }
}
