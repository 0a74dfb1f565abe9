import { type AuditRecord, copyRecord } from '../record/record.ts'
import { acceptRecord, RefusedResult } from './accept-record.ts'
import { cloneValue } from './clone-value.ts'
import { placeOf } from './error-place.ts'
import type { RecordFilter } from './filter.ts'
import { loadFunction } from './load-function.ts'
import { createComplaint, type ExceptionResult } from './verdict.ts'

/** Settings of a `module` filter. */
export interface ModuleOptions {
  /** An absolute path, or a package of the application. */
  readonly module: string
  /** @default 'default' */
  readonly export?: string
  /** The function's second argument. */
  readonly options?: unknown
  /** What becomes of a record that it fails on. @default 'keep' */
  readonly exceptionResult?: ExceptionResult
}

/**
 * Filters with a function of the user's own. It gets a copy that it may
 * change; what it returns is checked and copied once more.
 */
export function createModule(
  name: string,
  settings: ModuleOptions,
): RecordFilter {
  const { module, options = {} } = settings
  const filter = loadFunction(module, settings.export ?? 'default')
  const keeps = settings.exceptionResult !== 'drop'
  const complain = createComplaint(
    name,
    `so such records are ${keeps ? 'kept as they were' : 'dropped'}`,
  )
  return {
    isPrompt: true,
    apply: record => {
      try {
        const result = filter(ownCopy(record), options)
        return result !== false && acceptRecord(record, result)
      } catch (error) {
        complain(error instanceof RefusedResult ? error : placeOf(error))
        return keeps && record
      }
    },
  }
}

/** Shares nothing with the record. */
function ownCopy(record: AuditRecord): AuditRecord {
  const copy = copyRecord(record)
  copy._result = undefined
  let key: keyof AuditRecord
  for (key in copy) {
    const value = copy[key]
    if (typeof value === 'object' && value !== null) {
      Reflect.set(copy, key, cloneValue(value))
    }
  }
  return copy
}
