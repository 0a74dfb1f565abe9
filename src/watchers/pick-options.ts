import type { SnapshotLimits } from '../record/limits.ts'
import { emptyDocument } from '../record/marks.ts'
import type { AuditRecord } from '../record/record.ts'
import { snapshot } from '../record/snapshot.ts'
import { peekData, peekKeys } from './peek.ts'

/** Options that say nothing about the operation: objects and BSON settings. */
const LEFT_OUT = new Set([
  'session',
  'signal',
  'timeoutContext',
  'server',
  'client',
  'pkFactory',
  'logger',
  'metadata', // of a file: a document
  'promiseLibrary',
  'raw',
  'fieldsAsRaw',
  'promoteLongs',
  'promoteValues',
  'promoteBuffers',
  'useBigInt64',
  'bsonRegExp',
  'serializeFunctions',
  'ignoreUndefined',
  'checkKeys',
  'enableUtf8Validation',
  'validation',
  'omitMaxTimeMS',
  'singleBatch',
  'willRetryWrite',
  'wtimeout',
])

/**
 * The options that were given, from one object or several (cursors keep
 * theirs in two places); `undefined` when nothing is left.
 */
export function pickOptions(
  sources: readonly unknown[],
  limits: SnapshotLimits,
): unknown {
  let picked: Record<string, unknown> | undefined
  for (const source of sources) {
    for (const key of peekKeys(source)) {
      if (LEFT_OUT.has(key)) continue
      const value = peekData(source, key)
      if (value === undefined || isDefault(key, value)) continue
      picked ??= Object.create(null) as Record<string, unknown>
      picked[key] = value
    }
  }
  return picked === undefined ? undefined : snapshot(picked, limits)
}

/** Puts options beside those that the record has already (a cursor's own). */
export function addOptions(record: AuditRecord, options: unknown): void {
  if (record.Options === undefined) record.Options = options
  else if (options !== undefined) {
    record.Options = Object.assign(emptyDocument(), record.Options, options)
  }
}

/** The driver fills these in when the application did not give them. */
function isDefault(key: string, value: unknown): boolean {
  return key === 'readPreference' && peekData(value, 'mode') === 'primary'
}
