/** What every record of pymongowatch has. */
const ALWAYS = [
  'WatchID',
  'Iteration',
  'StartTime',
  'EndTime',
  'Duration',
  'DB',
  'Collection',
  'Operation',
]

/** Those of some fields that not every record has, each once. */
export function lackingFields(fields: readonly string[]): string[] {
  return [...new Set(fields)].filter(name => !ALWAYS.includes(name))
}
