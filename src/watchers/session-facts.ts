import { types } from 'node:util'
import type { AuditRecord } from '../record/record.ts'
import { peek } from './peek.ts'

/**
 * The id of a session as hex. The driver's own, implicit sessions say nothing
 * about the application and are left out.
 */
export function readSession(record: AuditRecord, session: unknown): void {
  const bytes = guarded(session, bytesOf)
  if (bytes instanceof Uint8Array) {
    record.Session = Buffer.from(
      bytes.buffer,
      bytes.byteOffset,
      bytes.byteLength,
    ).toString('hex')
  }
}

function bytesOf(session: object): unknown {
  if (peek(session, 'explicit') === false) return undefined
  return peek(peek(peek(session, 'id'), 'id'), 'buffer')
}

/** The application may hand over anything; the driver will say what it is. */
function guarded(
  session: unknown,
  read: (session: object) => unknown,
): unknown {
  if (typeof session !== 'object' || session === null) return undefined
  if (types.isProxy(session)) return undefined
  try {
    return read(session)
  } catch {
    return undefined // a session of its own making
  }
}

/**
 * The transaction's number, when the operation runs in one. The driver counts
 * when the first command is sent: read it at the end of the operation, and for
 * what ends the transaction before.
 */
export function readTransaction(record: AuditRecord, session: unknown): void {
  const number = guarded(session, numberOf)
  if (typeof number === 'number') record.Transaction = number
}

function numberOf(session: object): unknown {
  const state = peek(peek(session, 'transaction'), 'state')
  // before its first command it has the number of the one before
  if (state !== 'TRANSACTION_IN_PROGRESS') return undefined
  return peek(peek(session, 'serverSession'), 'txnNumber')
}
