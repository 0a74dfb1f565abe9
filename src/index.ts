export {
  addHandlers,
  configure,
  patchMongodb,
  unpatchMongodb,
} from './api.ts'
export type { MongowatchConfig } from './config/config.ts'
export { MongowatchAuditError, MongowatchError } from './errors.ts'
export type { RecordFilter } from './filters/filter.ts'
export type { RecordFormatter } from './formatters/formatter.ts'
export type { FieldName, FieldType } from './record/fields.ts'
export { FIELDS } from './record/fields.ts'
export type { Level } from './record/level.ts'
export type { AuditRecord, EndReason, Outcome } from './record/record.ts'
