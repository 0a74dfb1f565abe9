import { isFieldName } from './fields.ts'
import type { AuditRecord } from './record.ts'

/** A field that the record does not have by itself, such as a rate. */
export type AddedField = readonly [name: string, value: unknown]

/** What filters added to a record under names of their own. */
export function addedFields(record: AuditRecord): AddedField[] {
  const added: AddedField[] = []
  let key: keyof AuditRecord
  for (key in record) {
    const value: unknown = record[key]
    if (value === undefined || isFieldName(key) || isPrivate(key)) continue
    if (Object.hasOwn(record, key)) added.push([key, value])
  }
  return added
}

/** True for a name that nothing prints. */
export function isPrivate(name: string): boolean {
  return name.startsWith('_')
}
