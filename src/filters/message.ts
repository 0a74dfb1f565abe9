/** A quoted text; an apostrophe within a word does not begin one. */
const QUOTED = /"(?:[^"\\]|\\.)*"?|(?<!\w)'(?:[^'\\]|\\.)*'?/g

const WORD = /[^\s,{}[\]()"':]+/g
const QUOTES = /^["']|["']$/g

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
