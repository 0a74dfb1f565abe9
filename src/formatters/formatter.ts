import type { AuditRecord } from '../record/record.ts'

/** Turns a record into one line of text. */
export interface RecordFormatter {
  /** The text without a line end; never contains one. */
  format(record: AuditRecord): string
  /** The first line of a new file, without a line end (CSV). */
  readonly header?: string
}
