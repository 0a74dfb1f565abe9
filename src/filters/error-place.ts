/** A place of a stack that is in a file: `(/a/b.js:1:2)`, `file:///a/b.js:1:2`. */
const PLACE = /^ {4}at (?:.* \()?((?:\/|\w+:).*:\d+:\d+)\)?$/m

/**
 * The class of an error of somebody else's code, and where it was thrown. Not
 * what it says: messages quote values (`JSON.parse` does).
 */
export function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return `${kindOf(error)} was thrown`
  const { name, message, stack = '' } = error
  const frames = stack.slice(stack.indexOf(message) + message.length)
  const [, place] = (stack.includes(message) && PLACE.exec(frames)) || []
  return place === undefined ? name : `${name} at ${place}`
}

/** `null`, `string`: what a value is, without the value. */
export function kindOf(value: unknown): string {
  return value === null ? 'null' : typeof value
}
