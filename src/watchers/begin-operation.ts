import type { AuditRecord } from '../record/record.ts'
import type { ClassSpec } from './driver-classes.ts'
import type { DriverCopy } from './driver-copy.ts'
import type { Operation } from './operation.ts'
import { peekOption } from './peek.ts'
import { readSession } from './session-facts.ts'
import { beginRecord, type WatchContext } from './watch-context.ts'
import { LOGGERS } from './watcher-settings.ts'

/** What begins with a call: its record, and the session it runs in. */
export interface Begun {
  readonly record: AuditRecord
  readonly session: unknown
}

/**
 * The record of a call with everything that is known before it is made;
 * `undefined` when such calls are not watched.
 */
export function beginOperation(
  context: WatchContext,
  driver: DriverCopy,
  spec: Pick<ClassSpec, 'watcher' | 'target' | 'sessionOf'>,
  operation: Operation,
  target: object,
  args: readonly unknown[],
): Begun | undefined {
  const rules = context.rules[spec.watcher]
  if (!rules.enabled) return undefined
  const record = beginRecord(
    context,
    LOGGERS[spec.watcher],
    operation.name,
    driver.version,
  )
  spec.target(record, target)
  nameCollection(record, operation, args)
  if (rules.excludes?.(record)) return undefined
  operation.spec.receiver?.(record, target, rules.limits)
  operation.readArguments(record, args)
  const session =
    peekOption(operation.options(args), 'session') ?? spec.sessionOf?.(target)
  if (session !== undefined) readSession(record, session)
  return { record, session }
}

/** For methods of a database whose argument names the collection. */
function nameCollection(
  record: AuditRecord,
  operation: Operation,
  args: readonly unknown[],
): void {
  const { collection } = operation.spec
  if (collection === undefined) return
  const name = args[collection]
  if (typeof name === 'string') record.Collection = name
}
