/** A place of a stack that is in a file: `(/a/b.js:1:2)`, `file:///a/b.js:1:2`. */
const PLACE = /^ {4}at (?:.* \()?((?:\/|\w+:).*:\d+:\d+)\)?$/m

/** The name of a class, and not a text that somebody put there. */
const NAME = /^[\w$]{1,64}$/

/**
 * The class of an error of somebody else's code, and where it was thrown. Not
 * what it says: messages quote values (`JSON.parse` does).
 */
export function placeOf(error: unknown): string {
  try {
    return error instanceof Error ? place(error) : `${kindOf(error)} was thrown`
  } catch {
    return 'an error' // of a class that throws when it is looked at
  }
}

function place({ name, message, stack }: Error): string {
  const shown = NAME.test(name) ? name : 'an error'
  if (typeof stack !== 'string' || !stack.includes(message)) return shown
  const frames = stack.slice(stack.indexOf(message) + message.length)
  const [, where] = PLACE.exec(frames) ?? []
  return where === undefined ? shown : `${shown} at ${where}`
}

/** `null`, `string`: what a value is, without the value. */
export function kindOf(value: unknown): string {
  return value === null ? 'null' : typeof value
}
