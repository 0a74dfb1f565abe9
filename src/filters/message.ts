/**
 * `key: value` as servers and drivers print documents in their messages; the
 * value is quoted, a call like `ObjectId('…')`, or one word.
 */
const PAIR =
  /(?<![\w.$-])(["']?)([\w$][\w.$-]*)\1(\s*:\s*)("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|(?:new )?\w+\([^)]*\)?|[^\s,{}[\]"']+)/g

/** A quoted text; an apostrophe within a word does not begin one. */
const QUOTED = /"(?:[^"\\]|\\.)*"?|(?<!\w)'(?:[^'\\]|\\.)*'?/g

const WORD = /[^\s,{}[\]()"':]+/g
const QUOTES = /^["']|["']$/g

/**
 * Replaces the values of the `key: value` pairs of a message, for example of
 * the documents in it (`dup key: { email: "a@example.org" }`). `replace` gets
 * key and value without quotes and returns a new value, or `undefined` to
 * leave this one.
 */
export function replacePairs(
  message: string,
  replace: (key: string, value: string) => string | undefined,
): string {
  return message.replace(
    PAIR,
    (
      pair: string,
      quote: string,
      key: string,
      colon: string,
      value: string,
    ) => {
      const replaced = replace(key, value.replace(QUOTES, ''))
      if (replaced === undefined) return pair
      return `${quote}${key}${quote}${colon}${requote(value, replaced)}`
    },
  )
}

/**
 * Hides the values in a message: quoted texts become `x` of the same length,
 * and in documents numbers become 0 and every other value `x`.
 */
export function maskMessage(message: string): string {
  const unquoted = message.replace(QUOTED, quoted =>
    requote(quoted, 'x'.repeat(quoted.replace(QUOTES, '').length)),
  )
  const start = unquoted.indexOf('{')
  if (start === -1) return unquoted
  const documents = unquoted.slice(start)
  return unquoted.slice(0, start) + documents.replace(WORD, maskWord)
}

/** Keys (`{ key:`) and calls (`ObjectId(`, `new Date(`) stay. */
function maskWord(word: string, offset: number, text: string): string {
  const next = text.slice(offset + word.length, offset + word.length + 2)
  if (next[0] === '(' || word === 'new') return word
  const isKey = next.trimStart()[0] === ':' && isAfterComma(text, offset)
  if (isKey) return word
  return Number.isFinite(Number(word)) ? '0' : 'x'.repeat(word.length)
}

function isAfterComma(text: string, offset: number): boolean {
  return /[{,]\s*$/.test(text.slice(Math.max(0, offset - 4), offset))
}

function requote(original: string, text: string): string {
  const [first = ''] = original
  const quote = first === '"' || first === "'" ? first : ''
  return quote + text + quote
}
