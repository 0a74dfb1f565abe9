import type { AuditRecord } from '../record/record.ts'

/** What an operation does, in the words that the formats share. */
export type OperationKind =
  | 'query'
  | 'insert'
  | 'update'
  | 'delete'
  | 'write'
  | 'list'
  | 'definition'
  | 'connection'
  | 'lifecycle'
  | 'other'

/** Names of the driver's methods; the first that fits. */
const KINDS: readonly (readonly [RegExp, OperationKind])[] = [
  [/^\$/, 'lifecycle'],
  [/^connect$/, 'connection'],
  [/^(findOneAndDelete|delete|remove$)/, 'delete'],
  [/^(findOneAnd|update(?!Search)|replace)/, 'update'],
  [/^(insert|openUploadStream)/, 'insert'],
  [/^(bulkWrite|execute|mapReduce)$/, 'write'],
  [/^(list|indexes$|collections$|index(Exists|Information)$)/, 'list'],
  [/^(create|drop|rename|updateSearch|addUser|removeUser)/, 'definition'],
  [/^setProfilingLevel$/, 'definition'],
  [/^(find|aggregate|count|estimatedDocumentCount|distinct)/, 'query'],
  [/^(watch|runCursorCommand|openDownloadStream|explain)/, 'query'],
]

/** Kinds repeat, so the answer is remembered; there are few names. */
const known = new Map<string, OperationKind>()
const CACHE_SIZE = 512

/** The kind of a record's operation; a pipeline that writes is a write. */
export function operationKind(record: AuditRecord): OperationKind {
  const operation = String(record.Operation)
  if (operation === 'aggregate' && isWriting(record.Filter)) return 'write'
  const before = known.get(operation)
  if (before !== undefined) return before
  const kind = KINDS.find(([name]) => name.test(operation))?.[1] ?? 'other'
  if (known.size < CACHE_SIZE) known.set(operation, kind)
  return kind
}

/** Only the last stage can be `$out` or `$merge`. */
function isWriting(pipeline: unknown): boolean {
  if (!Array.isArray(pipeline)) return false
  const last: unknown = pipeline[pipeline.length - 1]
  if (typeof last !== 'object' || last === null) return false
  return Object.hasOwn(last, '$out') || Object.hasOwn(last, '$merge')
}
