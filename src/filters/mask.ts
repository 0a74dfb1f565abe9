import { copyRecord } from '../record/record.ts'
import type { RecordFilter } from './filter.ts'
import { checkHideable, hideField } from './hideable.ts'
import { maskValue } from './mask-value.ts'
import { maskMessage } from './message.ts'
import { createComplaint } from './verdict.ts'

/** Settings of a `mask` filter. */
export interface MaskOptions {
  /** What is masked. @default ['Filter', 'Update'] */
  readonly fields?: readonly string[]
}

const DEFAULT_FIELDS = ['Filter', 'Update']

/**
 * Hides every value of some fields and keeps their shape. The values that an
 * error's message quotes are hidden with them. Fails closed: a field that
 * could not be masked holds only a mark.
 */
export function createMask(name: string, options: MaskOptions): RecordFilter {
  const fields = (options.fields ?? DEFAULT_FIELDS).map(checkHideable)
  const complain = createComplaint(name, 'so its fields are hidden whole')
  return {
    apply: record => {
      const copy = copyRecord(record)
      for (const field of fields) {
        hideField(copy, field, maskValue, complain)
      }
      if (!fields.includes('ErrorMessage')) {
        hideField(copy, 'ErrorMessage', maskText, complain)
      }
      return copy
    },
  }
}

function maskText(value: unknown): string {
  return maskMessage(String(value))
}
