import { createHmac } from 'node:crypto'
import { FilterError } from './filter-error.ts'
import { maskValue } from './mask-value.ts'
import { naturalValue } from './natural-value.ts'

/** What a rule does with a value. */
export type ActionName =
  | 'mask'
  | 'type'
  | 'hash'
  | 'truncate'
  | 'drop'
  | 'keep'
  | 'partial'

/** A leaf is gone; what held only such leaves goes with them. */
export const DROPPED: unique symbol = Symbol('dropped')

/** Changes one value that holds no others; `kind` is what was detected. */
export type Action = (value: unknown, kind?: string) => unknown

/** What actions are made with. */
export interface ActionOptions {
  /** Of `truncate` and `partial`: characters that stay. */
  readonly length?: number
  /** Of `hash`. */
  readonly key?: string
}

const TRUNCATED_LENGTH = 8
const PARTIAL_LENGTH = 4
const HASH_LENGTH = 16

/** Words for values, as MongoDB's query shapes have them. */
const WRAPPED_TYPES: { readonly [wrapper: string]: string } = {
  $oid: 'objectId',
  $date: 'date',
  $numberInt: 'number',
  $numberLong: 'number',
  $numberDouble: 'number',
  $numberDecimal: 'number',
  $uuid: 'binData',
}
const TYPES: { readonly [type: string]: string } = { boolean: 'bool' }

const ACTIONS: {
  readonly [name in ActionName]: (options: ActionOptions) => Action
} = {
  mask: () => maskValue,
  type: () => typeWord,
  hash: ({ key }) => createHash(key),
  truncate:
    ({ length = TRUNCATED_LENGTH }) =>
    value =>
      truncate(textOf(value), length),
  drop: () => () => DROPPED,
  keep: () => value => value,
  partial:
    ({ length = PARTIAL_LENGTH }) =>
    value =>
      partial(textOf(value), length),
}

/** Makes what a rule does a function. */
export function createAction(name: ActionName, options: ActionOptions): Action {
  return ACTIONS[name](options)
}

/**
 * Equal values have equal hashes, so records can still be joined, and without
 * the key nobody can try values out.
 */
function createHash(key: string | undefined): Action {
  if (key === undefined || key === '') {
    throw new FilterError(
      'hash needs a key: without one, values can be guessed',
    )
  }
  return value =>
    createHmac('sha256', key)
      .update(textOf(value))
      .digest('base64url')
      .slice(0, HASH_LENGTH)
}

function typeWord(value: unknown, kind?: string): string {
  if (kind !== undefined) return `?${kind}`
  if (value === null) return '?null'
  if (typeof value !== 'object')
    return `?${TYPES[typeof value] ?? typeof value}`
  const [wrapper = ''] = Object.keys(value)
  return `?${WRAPPED_TYPES[wrapper] ?? 'object'}`
}

function truncate(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text
}

/** The end of a long text; of a short one it would be too much of it. */
function partial(text: string, length: number): string {
  const shown = text.length >= 2 * length ? length : 0
  const hidden = text.length - shown
  return 'x'.repeat(hidden) + text.slice(hidden)
}

function textOf(value: unknown): string {
  const natural = naturalValue(value)
  if (natural instanceof Date) return dateText(natural)
  return typeof natural === 'object' ? JSON.stringify(natural) : String(natural)
}

function dateText(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'Invalid Date' : date.toISOString()
}
