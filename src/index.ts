/**
 * What `require("mongowatch")` gives, and the types of the configuration.
 *
 * @module API
 */

export {
  addHandlers,
  configure,
  patchMongodb,
  unpatchMongodb,
} from './api.ts'
export type * from './config/config.ts'
export type * from './config/config-common.ts'
export type * from './config/config-filters.ts'
export type * from './config/config-formatters.ts'
export type * from './config/config-handlers.ts'
export type * from './config/config-watchers.ts'
export { MongowatchAuditError, MongowatchError } from './errors.ts'
export type { RecordFilter } from './filters/filter.ts'
export type { RecordFormatter } from './formatters/formatter.ts'
export type { FieldName, FieldType } from './record/fields.ts'
export { FIELDS } from './record/fields.ts'
export type { Level } from './record/level.ts'
export type { AuditRecord, EndReason, Outcome } from './record/record.ts'
