/** The server's command behind a method of the driver; the first that fits. */
const COMMANDS: readonly (readonly [RegExp, string])[] = [
  [/^findOneAnd/, 'findAndModify'],
  [/^find(One)?$/, 'find'],
  [/^insert(One|Many)?$/, 'insert'],
  [/^(update(One|Many)?|replaceOne)$/, 'update'],
  [/^(delete(One|Many)|remove)$/, 'delete'],
  [/^(countDocuments|watch)$/, 'aggregate'],
  [/^estimatedDocumentCount$/, 'count'],
  [/^(indexes|indexExists|indexInformation|listIndexes)$/, 'listIndexes'],
  [/^(collections|isCapped|options|listCollections)$/, 'listCollections'],
  [/^createIndex(es)?$/, 'createIndexes'],
  [/^dropIndex(es)?$/, 'dropIndexes'],
  [/^createCollection$/, 'create'],
  [/^dropCollection$/, 'drop'],
  [/^rename(Collection)?$/, 'renameCollection'],
  [/^stats$/, 'collStats'],
  [/^addUser$/, 'createUser'],
  [/^removeUser$/, 'dropUser'],
  [/^(setP|p)rofilingLevel$/, 'profile'],
  [/^validateCollection$/, 'validate'],
]

/** What the server calls it, else the driver's own name. */
export function commandName(operation: string): string {
  return COMMANDS.find(([name]) => name.test(operation))?.[1] ?? operation
}
