import type { MongowatchAuditError } from '../errors.ts'
import type { AuditRecord, Phase } from './record.ts'

/**
 * The one function that joins the two halves: a watcher hands an iteration of
 * its record over, the router takes it to the handlers.
 *
 * Never throws. Returns an error only for `first`, and only when a handler
 * with `on_failure: refuse` cannot write: the operation must not be sent then.
 *
 * The record belongs to the watcher and goes on changing after the call: a
 * receiver that keeps an iteration copies it, except the last one.
 */
export type Emit = (
  record: AuditRecord,
  phase: Phase,
) => MongowatchAuditError | undefined
