import { type AuditRecord, isFinal } from '../record/record.ts'

/** Operations whose last iteration is remembered; the oldest is forgotten. */
const REMEMBERED = 10_000

/**
 * What an iteration adds to the one before it: the counts of an operation
 * grow from iteration to iteration and must not be summed up twice.
 */
export class IterationIncrease {
  readonly #attributes: readonly string[]
  readonly #last = new Map<string, readonly number[]>()

  constructor(attributes: readonly string[]) {
    this.#attributes = attributes
  }

  /** How much each attribute grew; one that holds no number counts once. */
  of(record: AuditRecord): number[] {
    const last = this.#last.get(record.WatchID)
    const now = this.#attributes.map(name => amount(Reflect.get(record, name)))
    this.#remember(record, now)
    return now.map((value, i) => value - (last?.[i] ?? 0))
  }

  #remember(record: AuditRecord, values: readonly number[]): void {
    this.#last.delete(record.WatchID)
    if (isFinal(record)) return
    if (this.#last.size >= REMEMBERED) {
      for (const oldest of this.#last.keys()) {
        this.#last.delete(oldest)
        break
      }
    }
    this.#last.set(record.WatchID, values)
  }
}

function amount(value: unknown): number {
  if (value === undefined || value === null) return 0
  return typeof value === 'number' && Number.isFinite(value) ? value : 1
}
