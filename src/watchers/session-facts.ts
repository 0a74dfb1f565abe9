import type { AuditRecord } from '../record/record.ts'
import { peek } from './peek.ts'

/**
 * The id of a session as hex. The driver's own, implicit sessions say nothing
 * about the application and are left out.
 */
export function readSession(record: AuditRecord, session: unknown): void {
  if (peek(session, 'explicit') === false) return
  const id = peek(peek(session, 'id'), 'id')
  const bytes = peek(id, 'buffer')
  if (bytes instanceof Uint8Array) {
    record.Session = Buffer.from(
      bytes.buffer,
      bytes.byteOffset,
      bytes.byteLength,
    ).toString('hex')
  }
}

/**
 * The transaction's number, when the operation runs in one. The driver counts
 * when the first command is sent: read it at the end of the operation.
 */
export function readTransaction(record: AuditRecord, session: unknown): void {
  if (!isInTransaction(session)) return
  const number = peek(peek(session, 'serverSession'), 'txnNumber')
  if (typeof number === 'number') record.Transaction = number
}

function isInTransaction(session: unknown): boolean {
  const method = peek(session, 'inTransaction')
  return typeof method === 'function' && method.call(session) === true
}
