import { isAbsolute } from 'node:path'
import { loadFunction } from '../filters/load-function.ts'
import { loadTransportClass } from '../outputs/transport-class.ts'
import type { CheckedConfig } from './build-settings.ts'
import { findNode } from './config-url.ts'
import type { ConfigNode } from './node.ts'
import { type ConfigProblem, problemAt } from './problem.ts'
import type { Plain } from './settings.ts'

/**
 * Loads what `module:` names. A file that cannot be loaded is a mistake; a
 * package may be one that only the application has.
 */
export function checkModules(
  { filters, handlers, transports }: CheckedConfig,
  root: ConfigNode,
): ConfigProblem[] {
  const check = (section: string, load: Load) => (parts: Parts) =>
    Object.entries(parts ?? {}).flatMap(([name, part]) => {
      const mistake = mistakeOf(part, load)
      if (mistake === undefined) return []
      const path = [section, name, mistake.key]
      const { node } = findNode(root, path)
      const { isWarning, message } = mistake
      return [{ ...problemAt(node?.place, path, message), isWarning }]
    })
  return [
    ...check('filters', loadFunction)(filters),
    ...check('handlers', loadTransportClass)(handlers),
    ...check('transports', loadTransportClass)(transports),
  ]
}

type Load = (module: string, name: string) => unknown
type Parts = Readonly<Record<string, Plain>> | undefined

interface Mistake {
  readonly key: 'module' | 'export'
  readonly message: string
  readonly isWarning: boolean
}

function mistakeOf(part: Plain, load: Load): Mistake | undefined {
  const { module, export: name = 'default' } = part
  if (typeof module !== 'string') return undefined
  try {
    load(module, String(name))
    return undefined
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const [message = ''] = reason.split('\n', 1)
    const isExport = part.export !== undefined && /export/.test(message)
    return {
      key: isExport ? 'export' : 'module',
      message,
      isWarning: !isAbsolute(module),
    }
  }
}
