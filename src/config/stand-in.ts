import { FILES } from '../filters/lazy.ts'
import type { Plain } from './settings.ts'

/** Filters that only choose among records hide nothing. */
const CHOOSING: readonly string[] = ['when', 'match', 'sample', 'rate']

/** Those that may hide something. */
const HIDING: readonly string[] = ['mask', 'redact', 'fields', 'module']

/** Names a filter that hides all values; none of a configuration is called so. */
export const HIDES_ALL = '(stands in for filters)'

/**
 * What is used for a filter that cannot be: every record passes; and unless
 * the filter only chose among records, what it might have hidden is hidden.
 */
export function standIn(keys: readonly string[]): Plain {
  const mayHide = keys.some(key => HIDING.includes(key))
  return !mayHide && keys.some(key => CHOOSING.includes(key))
    ? { sample: 1 }
    : { mask: { fields: FILES.hideable().HIDEABLE } }
}
