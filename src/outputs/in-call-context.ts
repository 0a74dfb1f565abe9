import { AsyncLocalStorage } from 'node:async_hooks'
import type { Emit } from '../record/emit.ts'
import type { AuditRecord } from '../record/record.ts'

/**
 * Hands each iteration of a record over in the asynchronous context of its
 * call. A timer, the end of the process or whoever closes a cursor may bring
 * one: code of the user's own that asks its AsyncLocalStorage who is there
 * would name somebody else then.
 */
export function inCallContext(emit: Emit): Emit {
  const contexts = new WeakMap<
    AuditRecord,
    ReturnType<typeof AsyncLocalStorage.snapshot>
  >()
  return (record, phase) => {
    const run = contexts.get(record)
    if (run !== undefined) return run(emit, record, phase)
    contexts.set(record, AsyncLocalStorage.snapshot())
    return emit(record, phase)
  }
}
