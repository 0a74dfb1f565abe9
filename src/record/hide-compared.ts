import { MASKED, type PlainDocument } from './marks.ts'
import { namesBeside } from './named-values.ts'
import {
  comparesElements,
  comparesValues,
  isApart,
  isName,
  referencesIn,
} from './references.ts'
import { isHarmless, isSecretKey } from './secrets.ts'

/**
 * Masks in a copy what expressions compare with a field of a secret, and what
 * is beside its name. Copies that name none are never looked at.
 */
export function hideCompared(
  value: unknown,
  key = '',
  isSecret = false,
): unknown {
  if (typeof value !== 'object' || value === null) {
    return isSecret && !isName(value, key) && !isHarmless(value)
      ? MASKED
      : value
  }
  if (Array.isArray(value)) {
    const hides = isSecret || refers(key, comparesElements, value)
    return value.map(element => hideCompared(element, '', hides))
  }
  const document = value as PlainDocument
  const hides = isSecret || refers(key, comparesValues, document)
  for (const [name, inner] of Object.entries(document)) {
    const isNamed = namesBeside(document, name).some(isSecretKey)
    const isCompared = hides && !isApart(name)
    document[name] = hideCompared(inner, name, isCompared || isNamed)
  }
  return document
}

function refers(
  key: string,
  compares: (key: string) => boolean,
  operand: object,
): boolean {
  if (!key.startsWith('$') || !compares(key)) return false
  return referencesIn(operand).some(isSecretKey)
}
