/** What stands behind a point: `DB.startsWith("a")`. */
const METHODS = [
  ...['contains', 'startsWith', 'endsWith', 'matches'],
  ...['all', 'exists', 'exists_one', 'filter', 'map'],
]
const FUNCTIONS = [
  ...['has', 'size', ...METHODS],
  ...['int', 'double', 'string', 'bool', 'timestamp', 'duration', 'type'],
]

/** What people call what CEL calls types. */
const TYPES: { readonly [type: string]: string } = {
  string: 'text',
  int: 'number',
  uint: 'number',
  double: 'number',
  dyn: 'any',
  'google.protobuf.Timestamp': 'timestamp',
  'google.protobuf.Duration': 'duration',
}
const TYPE = /(?<![\w.])(?:google\.protobuf\.)?[A-Za-z]+(?![\w(])/g

/** CEL's names of types in the words of this documentation. */
export function plainTypes(text: string): string {
  return text.replace(TYPE, name => TYPES[name] ?? name)
}

const LOGICAL = /^Logical operator requires bool operands, got '(.*)'$/

/** The library's message, for people who write filters. */
export function plainMessage(summary: string): string {
  const [, operand] = LOGICAL.exec(summary) ?? []
  if (operand !== undefined)
    return `Expected true or false on each side of && and ||, got ${plainTypes(operand)}`
  const [, called, receiver, name = ''] =
    /overload for '((.*\.)?(\w+)\(.*)'$/.exec(summary) ?? []
  if (called !== undefined && !FUNCTIONS.includes(name))
    return `Unknown function ${name}, expected one of ${FUNCTIONS.join(', ')}`
  if (called !== undefined && receiver === undefined && METHODS.includes(name))
    return `Expected FIELD.${name}(…), got ${name}(…)`
  const [, operation] = /^no such overload: (.*)$/.exec(summary) ?? []
  const misfit = called ?? operation
  return misfit === undefined
    ? summary
    : `The types do not fit: ${plainTypes(misfit)}`
}
