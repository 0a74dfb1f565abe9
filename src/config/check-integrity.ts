import { integrityMistake, SEALABLE } from '../outputs/integrity-options.ts'
import type { CheckedConfig } from './build-settings.ts'
import { DEFAULT_FORMATTERS } from './defaults.ts'
import type { Plain } from './settings.ts'

type Handlers = NonNullable<CheckedConfig['handlers']>

/** Tells a mistake of the handler `name` at its `key`. */
type TellHandler = (name: string, key: string, message: string) => void

/**
 * Finds file handlers whose lines cannot be sealed as they say. They are left
 * with what can be done: a trail without seals is better than none.
 */
export function checkIntegrity(
  handlers: Handlers,
  formatters: CheckedConfig['formatters'],
  tell: TellHandler,
): Handlers {
  const usable = Object.entries(handlers).map(([name, handler]) => {
    const mistake = mistakeOf(handler, { ...DEFAULT_FORMATTERS, ...formatters })
    if (mistake === undefined) return [name, handler]
    const { integrity, integrityKey, ...rest } = handler
    const key = integrity === undefined ? 'integrity_key' : 'integrity'
    tell(name, key, mistake)
    return [name, rest]
  })
  return Object.fromEntries(usable)
}

function mistakeOf(
  handler: Plain,
  formatters: Readonly<Record<string, Plain>>,
): string | undefined {
  if (handler.class !== 'file') return undefined
  const mistake = integrityMistake(handler)
  if (mistake !== undefined) return mistake
  const { integrity = 'none', formatter } = handler
  if (integrity === 'none' || formatter === undefined) return undefined
  const type = formatters[String(formatter)]?.type ?? 'line'
  if (SEALABLE.includes(type)) return undefined
  return `Expected a formatter of type ${SEALABLE.join(', ')}, whose lines can carry a hash; ${formatter} is of type ${type}`
}
