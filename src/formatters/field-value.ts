import { addedFields } from '../record/added-fields.ts'
import { escapeText } from '../record/escape.ts'
import { isoText } from '../record/iso-text.ts'
import { jsonText } from '../record/json-text.ts'
import type { AuditRecord } from '../record/record.ts'

/*
 * A masking filter may put anything into any field: the formats for other
 * systems take a value only in the type that its field has there.
 */

/** A text, or the JSON of anything else. */
export function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  return typeof value === 'string' ? value : jsonText(value)
}

/** The same, safe in a line: `\uXXXX` in a text, JSON's own escapes in JSON. */
export function lineText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  return typeof value === 'string' ? escapeText(value) : jsonText(value)
}

/** A finite number. */
export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

/** An integer, `scale` times the value. */
export function integerOf(value: unknown, scale = 1): number | undefined {
  const integer = Math.round((numberOf(value) ?? Number.NaN) * scale)
  return Number.isSafeInteger(integer) ? integer : undefined
}

/** Milliseconds since 1970. */
export function timeOf(value: unknown): number | undefined {
  return value instanceof Date ? numberOf(value.getTime()) : undefined
}

/** ISO 8601 in UTC. */
export function isoOf(value: unknown): string | undefined {
  const time = timeOf(value)
  return time === undefined ? undefined : isoText(time)
}

/** An object, or nothing when none of its values is known. */
export function group(values: { [name: string]: unknown }): object | undefined {
  for (const name in values) {
    if (values[name] !== undefined) return values
  }
  return undefined
}

/** What filters added, as numbers and texts. */
export function addedValues(record: AuditRecord): {
  [name: string]: number | string | undefined
} {
  const values = Object.create(null)
  for (const [name, value] of addedFields(record)) {
    values[name] = numberOf(value) ?? textOf(value)
  }
  return values
}

/** `orders.items` of the database `shop` as `shop.orders.items`. */
export function namespaceOf({
  DB,
  Collection,
}: AuditRecord): string | undefined {
  const db = textOf(DB)
  const collection = textOf(Collection)
  return collection === undefined ? db : `${db ?? ''}.${collection}`
}

/** What was done to what, for people: `findOne shop.orders`. */
export function summaryOf(record: AuditRecord): string {
  const namespace = namespaceOf(record)
  const operation = textOf(record.Operation) ?? ''
  return namespace === undefined ? operation : `${operation} ${namespace}`
}

/** Who asked: the actor where one is known, else the client's user. */
export function userOf({ Actor, DBUser }: AuditRecord): string | undefined {
  if (typeof Actor === 'string') return Actor
  if (typeof Actor === 'object' && Actor !== null) {
    for (const key of ['name', 'user', 'id']) {
      const value: unknown = Object.hasOwn(Actor, key)
        ? Reflect.get(Actor, key)
        : undefined
      if (typeof value === 'string') return value
    }
  }
  return textOf(DBUser)
}
