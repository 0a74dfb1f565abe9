import type { AuditRecord } from '../record/record.ts'
import { warn } from '../warn.ts'
import type { RecordFilter } from './filter.ts'

/** What becomes of a record that a filter could not decide about. */
export type ExceptionResult = 'keep' | 'drop'

/** Says a filter's failure, once in the filter's life. */
export type Complain = (error: unknown) => void

/**
 * A filter's own way to say once that it failed. `name` is the filter's in
 * the configuration.
 */
export function createComplaint(name: string, consequence: string): Complain {
  let said = false
  return error => {
    if (said) return
    said = true
    const reason = error instanceof Error ? error.message : String(error)
    warn(
      'MONGOWATCH_FILTER_FAILED',
      `The filter ${name} failed, ${consequence}: ${firstLine(reason)}`,
    )
  }
}

/**
 * A filter that lets the records through for which `test` is true. When
 * `test` throws, `exceptionResult` decides, and it is said once.
 */
export function createVerdict(
  name: string,
  exceptionResult: ExceptionResult,
  test: (record: AuditRecord) => boolean,
): RecordFilter {
  const keeps = exceptionResult === 'keep'
  const complain = createComplaint(
    name,
    `so such records are ${keeps ? 'kept' : 'dropped'}`,
  )
  return {
    apply: record => {
      try {
        return test(record) && record
      } catch (error) {
        complain(error)
        return keeps && record
      }
    },
  }
}

/** Libraries append drawings of the source; a line of stderr has no room. */
function firstLine(text: string): string {
  const end = text.indexOf('\n')
  return end === -1 ? text : text.slice(0, end)
}
