/**
 * What must not reach a terminal, a line-based reader or an editor as it is:
 * C0, DEL, C1, the line and paragraph separators, and every character that
 * changes the direction of text.
 */
const CONTROLS = '\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029'
const DIRECTION = '\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069'
const LONE_SURROGATES =
  '[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]'

const UNSAFE = new RegExp(`[${CONTROLS}${DIRECTION}]`)
const EACH_UNSAFE = new RegExp(UNSAFE, 'g')
/** The same and lone surrogates, which no encoding can hold. */
const EACH_UNPRINTABLE = new RegExp(`${UNSAFE.source}|${LONE_SURROGATES}`, 'g')
/** The same and what reads like an escape of ours. */
const EACH_AMBIGUOUS = new RegExp(
  `${EACH_UNPRINTABLE.source}|\\\\(?=u[\\da-f]{4})`,
  'g',
)
/** Quick looks that settle most texts. */
const PLAIN = /^[ -[\]-~]*$/
const PLAIN_QUOTED = /^[ -&(-[\]-~]*$/
const PLAIN_JSON = /^[ !#-[\]-~]*$/
const QUOTED = /['\\]/g

/**
 * Text on one line: each unsafe character as `\uXXXX`. A backslash stays,
 * unless it would read as such an escape, so that replacing `\uXXXX` gives
 * the text back.
 */
export function escapeText(text: string): string {
  return PLAIN.test(text) ? text : text.replace(EACH_AMBIGUOUS, unicodeEscape)
}

/**
 * The same for text whose backslashes already have a meaning of their own:
 * they stay.
 */
export function escapeControls(text: string): string {
  return text.replace(EACH_UNPRINTABLE, unicodeEscape)
}

/** Text on one line in single quotes, `'` and backslash behind a backslash. */
export function quoteText(text: string): string {
  return PLAIN_QUOTED.test(text)
    ? `'${text}'`
    : `'${escapeControls(text.replace(QUOTED, '\\$&'))}'`
}

/** A JSON string without any unsafe character. */
export function jsonString(text: string): string {
  return PLAIN_JSON.test(text) ? `"${text}"` : safeJson(JSON.stringify(text))
}

/** JSON text made safe: unsafe characters can only be inside its strings. */
export function safeJson(text: string): string {
  return UNSAFE.test(text) ? text.replace(EACH_UNSAFE, unicodeEscape) : text
}

function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
