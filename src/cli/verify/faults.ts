import type { Seal } from '../../integrity/sealed-line.ts'
import type { Fault, FaultKind, Place } from './fault.ts'

/** A fault whose kind may be settled later. */
export type OpenFault = Fault & { kind: FaultKind }

/** Tells a fault at the place that is being looked at. */
export type Tell = (kind: FaultKind, text: string) => OpenFault

/** Only the first fault counts; these are more than lie before it by chance. */
const MOST = 10_000

/** What was found in a trail, in whatever order it showed. */
export class Faults {
  readonly #found: OpenFault[] = []

  /** `seq` is that of the record on the line. */
  tell(
    place: Place,
    kind: FaultKind,
    text: string,
    { seal, seq }: { seal?: Seal | undefined; seq?: number | undefined } = {},
  ): OpenFault {
    const fault = { ...place, kind, text, seal, seq }
    if (this.#found.length < MOST) this.#found.push(fault)
    return fault
  }

  /** Whether there is one of this kind besides these. */
  has(kind: FaultKind, besides: ReadonlySet<OpenFault>): boolean {
    return this.#found.some(fault => fault.kind === kind && !besides.has(fault))
  }

  /**
   * The first one, by the order of the files and their lines. A header that
   * was edited comes before all others: the order rests on it.
   */
  first(files: readonly string[]): Fault | undefined {
    const order = new Map(files.map((file, i) => [file, i]))
    const rank = ({ file, line, kind }: Fault) =>
      line === 1 && kind === 'edited' ? -1 : (order.get(file) ?? files.length)
    return this.#found.reduce<Fault | undefined>((first, fault) => {
      if (first === undefined) return fault
      const after = rank(fault) - rank(first) || fault.line - first.line
      return after < 0 ? fault : first
    }, undefined)
  }
}
