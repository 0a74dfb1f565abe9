import { types } from 'node:util'
import { ownValue } from './own.ts'

/**
 * The stored values of a mongoose document: its data property `_doc`. The
 * getters, virtuals and `toJSON` of its schema are not run.
 */
export function mongooseValues(document: object): object | undefined {
  const stored = ownValue(document, '_doc')
  if (typeof stored !== 'object' || stored === null) return undefined
  if (types.isProxy(stored)) return undefined
  return typeof ownValue(document, '$__') === 'object' ? stored : undefined
}
