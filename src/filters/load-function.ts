import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { AuditRecord } from '../record/record.ts'
import { FilterError } from './filter-error.ts'

/** What the module of a `module` filter exports. */
export type RecordFunction = (
  record: AuditRecord,
  options: unknown,
) => AuditRecord | false

/** Loads the function that a module exports; CommonJS or an ES module. */
export function loadFunction(module: string, name: string): RecordFunction {
  const loaded = load(module)
  const found = candidates(loaded, name).find(
    each => typeof each === 'function',
  )
  if (found !== undefined) return found as RecordFunction
  throw new FilterError(
    `${module} exports no function ${name === 'default' ? 'by default' : name}`,
  )
}

/** What is imported from CommonJS may stand under `default` once more. */
function candidates(loaded: unknown, name: string): unknown[] {
  const found: unknown = Object(loaded)[name]
  if (name !== 'default') return [found, Object(Object(loaded).default)[name]]
  return [found, loaded, Object(found).default]
}

function load(module: string): unknown {
  try {
    return requireFromApplication(module)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const [line = ''] = reason.split('\n', 1)
    throw new FilterError(`${module} cannot be loaded: ${line}`, {
      cause: error,
    })
  }
}

/** As the application would find it, then as mongowatch would. */
function requireFromApplication(module: string): unknown {
  for (const place of [process.argv[1], join(process.cwd(), 'a')]) {
    if (place === undefined) continue
    const from = createRequire(place)
    if (canResolve(from, module)) return from(module)
  }
  return require(module)
}

function canResolve(from: NodeJS.Require, module: string): boolean {
  try {
    from.resolve(module)
    return true
  } catch {
    return false // the next place, and the last one says what is wrong
  }
}
