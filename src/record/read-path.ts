/**
 * The value that `names` lead to in a record or document, `undefined` if none
 * does. Own properties only, so no prototype can be reached; a key that
 * contains dots itself is found too.
 */
export function readPath(
  value: unknown,
  names: readonly string[],
  from = 0,
): unknown {
  if (from === names.length) return value
  if (typeof value !== 'object' || value === null) return undefined
  for (let end = from + 1; end <= names.length; end++) {
    const name = names.slice(from, end).join('.')
    if (!Object.hasOwn(value, name)) continue
    const found = readPath(Reflect.get(value, name), names, end)
    if (found !== undefined) return found
  }
  return undefined
}
