/** Words that make a key's value a secret. */
const WORDS = new Set(
  `authorization bearer cookie cookies credential credentials cvc cvv jwt otp
  pass passcode passphrase passwd passwort password passwords pwd secret
  secrets token tokens totp`.split(/\s+/),
)

/** The same where words are written together: `accesstoken`, `apikey`. */
const JOINED =
  /(?:password|passwd|passphrase|secret|token|credential)s?$|(?:api|private|secret|access|encryption|signing|master|shared|ssh|session|hmac)keys?/

/** Last words of keys that describe a secret without being one. */
const MEASURES = new Set(
  `at attempts count counter date enabled endpoint expiration expired expires
  expiry length limit name policy provider required size status time ttl type
  updated uri url version`.split(/\s+/),
)

/** First words of keys that count tokens: `totalTokens`. */
const AMOUNTS = new Set(['total', 'max', 'min', 'num', 'number', 'avg'])

/** A quick look, so that most keys need no more. */
const LIKELY =
  /pass|pwd|secret|token|key|auth|cookie|cred|bearer|jwt|otp|cv[cv]/i

/**
 * True for keys like `password`, `user.apiKey`, `X-Auth-Token`: one of their
 * words is a secret word. `tokenCount` or `passwordChangedAt` describe one and
 * stay readable.
 */
export function isSecretKey(key: string): boolean {
  return LIKELY.test(key) && key.split('.').some(isSecretSegment)
}

function isSecretSegment(segment: string): boolean {
  const words = wordsOf(segment)
  const last = words[words.length - 1] ?? ''
  if (MEASURES.has(last)) return false
  if (last === 'tokens' && AMOUNTS.has(words[0] ?? '')) return false
  return words.some(word => WORDS.has(word)) || JOINED.test(words.join(''))
}

/** `X-ApiKey2` is `x`, `api`, `key`. */
function wordsOf(segment: string): string[] {
  return segment
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(word => word !== '')
}

/**
 * Values under a secret key that say nothing about it, so that projections,
 * sorts and `$exists` stay readable.
 */
export function isHarmless(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    typeof value === 'boolean' ||
    value === 0 ||
    value === 1 ||
    value === -1
  )
}
