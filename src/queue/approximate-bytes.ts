import type { AuditRecord } from '../record/record.ts'

const FIXED = 800 // the record itself, its dates and short texts

/** About how much memory a held record takes; exact enough for a bound. */
export function approximateBytes(record: AuditRecord): number {
  return (
    FIXED +
    sizeOf(record.Filter) +
    sizeOf(record.Update) +
    sizeOf(record.Options) +
    sizeOf(record.ErrorMessage)
  )
}

/** Values are bounded copies without cycles, see `snapshot`. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return 16 + value.length * 2
  if (typeof value !== 'object' || value === null) return 8
  let bytes = 32
  for (const [key, member] of Object.entries(value)) {
    bytes += 16 + key.length + sizeOf(member)
  }
  return bytes
}
