import { MASKED } from './marks.ts'
import { ownValue } from './own.ts'
import { isReference } from './references.ts'
import { isHarmless, isSecretKey } from './secrets.ts'
import { maskText } from './secrets-text.ts'

/** What the key of a document says about its value. */
export type KeyKind = 'plain' | 'secret' | 'pair' | 'script' | 'prose' | 'name'

/** Keys whose sibling names the value: `{ k: 'password', v: 'x' }`. */
const PAIRS: Record<string, readonly string[]> = {
  v: ['k'],
  value: ['key', 'name', 'field', 'k'],
}

/** Keys whose value may be the name of what is beside it. */
const NAMES =
  /(?:^\$getField|(?:^|\.)(?:k|key|name|field|path|defaultPath|connectToField))$/

const CACHE_SIZE = 4096
const CACHED_LENGTH = 128
const cache = new Map<string, KeyKind>()

/** The kind of a key; keys repeat, so the answer is remembered. */
export function keyKind(key: string): KeyKind {
  const known = cache.get(key)
  if (known !== undefined) return known
  const kind = findKind(key)
  if (key.length > CACHED_LENGTH) return kind
  if (cache.size >= CACHE_SIZE) cache.clear()
  cache.set(key, kind)
  return kind
}

function findKind(key: string): KeyKind {
  if (key === '$where') return 'script'
  if (Object.hasOwn(PAIRS, key)) return 'pair'
  if (key === 'comment' || key === '$comment') return 'prose'
  if (isSecretKey(key)) return 'secret'
  return NAMES.test(key) ? 'name' : 'plain'
}

/** The value of a key that is not plain, or the mark in its place. */
export function hideSecret(
  kind: KeyKind,
  key: string,
  value: unknown,
  siblings: object,
): unknown {
  if (kind === 'script')
    return typeof value === 'string' ? maskText(value) : value
  const hidden = kind === 'secret' || isPairSecret(siblings, key)
  return hidden && !isHarmless(value) ? MASKED : value
}

/** True when a sibling of `key` names a secret. */
function isPairSecret(siblings: object, key: string): boolean {
  const names = PAIRS[key] ?? []
  return names.some(name => isSecretName(ownValue(siblings, name)))
}

/**
 * Which element of a pair of elements is a secret, or -1: `['password', 'x']`
 * as an entry, `['$password', 'x']` and the reverse in an expression.
 */
export function secretElement(first: unknown, second: unknown): number {
  const refers = isReference(second)
  if (isSecretName(first) && !isHarmless(second))
    return refers && String(first).startsWith('$') ? -1 : 1
  if (!refers) return -1
  return isSecretName(second) && !isHarmless(first) ? 0 : -1
}

/** True for a copied value that is the name of a secret, or holds one. */
export function namesSecret(copy: unknown): boolean {
  if (typeof copy !== 'object' || copy === null) return isSecretName(copy)
  return Object.values(copy).some(namesSecret)
}

const NAME_LENGTH = 64

function isSecretName(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    value.length <= NAME_LENGTH &&
    isSecretKey(value)
  )
}
