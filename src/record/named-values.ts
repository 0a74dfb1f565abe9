/** Keys of values, and the keys beside them that hold their names. */
const NAMED_BY: ReadonlyMap<string, readonly string[]> = new Map([
  ['v', ['k']],
  ['value', ['key', 'name', 'field', 'path', 'k']],
  ['query', ['path', 'defaultPath']],
  ...['gt', 'gte', 'lt', 'lte'].map(
    key => [key, ['path']] as [string, string[]],
  ),
])
const NONE: readonly string[] = []

type Document = { readonly [key: string]: unknown }

/**
 * What a value is called by a key beside its own: `{ k: 'email', v: … }`, as
 * `$objectToArray` makes it, `{ name: 'email', value: … }`, and
 * `{ path: 'email', query: … }` in a search.
 */
export function namesBeside(
  document: Document,
  key: string,
): readonly string[] {
  const dot = key.lastIndexOf('.') + 1
  const last = dot === 0 ? key : key.slice(dot)
  const besides = NAMED_BY.get(last)
  if (besides === undefined) return NONE
  const names: string[] = []
  for (const name of besides) {
    const beside = key.slice(0, dot) + name
    if (Object.hasOwn(document, beside)) addTexts(names, document[beside])
  }
  return names
}

/** The first of two in a list of lists names the second: `['email', …]`. */
export function nameOfEntry(list: readonly unknown[]): string | undefined {
  const [name] = list
  return list.length === 2 && typeof name === 'string' ? name : undefined
}

/** A text, or all within `{ $in: […] }` and the like. */
function addTexts(names: string[], value: unknown): void {
  if (typeof value === 'string') names.push(value)
  else if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) addTexts(names, inner)
  }
}
