import { MASKED } from './marks.ts'
import type { AuditRecord } from './record.ts'
import { isHarmless, isSecretKey } from './secrets.ts'

const IDENTIFIER = /^\$\[(\w+)\]$/

/**
 * Masks what `arrayFilters` compare with an element of a secret: `k` where the
 * update says `apiKeys.$[k]`.
 */
export function hideBoundSecrets({ Options, Update }: AuditRecord): void {
  const filters = isObject(Options)
    ? Reflect.get(Options, 'arrayFilters')
    : undefined
  if (!isObject(filters)) return
  const names = new Set<string>()
  addIdentifiers(Update, names)
  if (names.size > 0) hide(filters, names)
}

function addIdentifiers(update: unknown, names: Set<string>): void {
  if (!isObject(update)) return
  for (const [key, inner] of Object.entries(update)) {
    if (!key.includes('$[')) {
      addIdentifiers(inner, names)
      continue
    }
    let isSecret = false
    for (const name of key.split('.')) {
      const [, identifier] = IDENTIFIER.exec(name) ?? []
      if (identifier === undefined) isSecret ||= isSecretKey(name)
      else if (isSecret) names.add(identifier)
    }
  }
}

function hide(filter: object, names: ReadonlySet<string>): void {
  for (const [key, inner] of Object.entries(filter)) {
    const [name = ''] = key.split('.', 1)
    if (!names.has(name)) {
      if (isObject(inner)) hide(inner, names)
    } else if (!isHarmless(inner)) Reflect.set(filter, key, MASKED)
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
