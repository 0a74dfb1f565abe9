import type { Seal } from '../../integrity/sealed-line.ts'

/** What can have been done to a trail. */
export type FaultKind =
  | 'edited'
  | 'removed'
  | 'reordered'
  | 'inserted'
  | 'truncated'

/** A place in a file. */
export interface Place {
  readonly file: string
  /** From 1. */
  readonly line: number
}

/** What was found, and where it shows. */
export interface Fault extends Place {
  readonly kind: FaultKind
  readonly text: string
  readonly seal?: Seal | undefined
  /** `Seq` of the record on that line. */
  readonly seq?: number | undefined
}

/** `audit.jsonl:12: edited: … (writer 0f…, line 7 of its own, Seq 6)`. */
export function describeFault(fault: Fault): string {
  const { file, line, kind, text, seal, seq } = fault
  const parts: string[] = []
  if (seal !== undefined) {
    parts.push(`writer ${seal.writer}`, `its line ${seal.number}`)
  }
  if (seq !== undefined) parts.push(`Seq ${seq}`)
  const who = parts.length === 0 ? '' : ` (${parts.join(', ')})`
  return `${file}:${line}: ${kind}: ${text}${who}`
}
