/**
 * The value at a path, own properties only; a key that contains dots itself
 * is found too.
 */
export function readPath(value: unknown, names: readonly string[]): unknown {
  const [first] = names
  if (first === undefined) return value
  if (typeof value !== 'object' || value === null) return undefined
  for (let end = 1; end <= names.length; end++) {
    const name = names.slice(0, end).join('.')
    if (!Object.hasOwn(value, name)) continue
    const found = readPath(Reflect.get(value, name), names.slice(end))
    if (found !== undefined) return found
  }
  return undefined
}
