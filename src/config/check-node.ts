import type { CheckedConfig } from './build-settings.ts'
import { checkHandlers } from './check-handlers.ts'
import { FILES } from './check-lazy.ts'
import { checkNames, isUnread, keysOf } from './check-names.ts'
import { checkParts } from './check-parts.ts'
import { Checker, INVALID } from './checker.ts'
import {
  createHide,
  type Hide,
  hideIn,
  type ResolvedValues,
} from './hide-resolved.ts'
import { hideUnfiltered } from './hide-unfiltered.ts'
import type { ConfigNode } from './node.ts'
import type { ConfigProblem } from './problem.ts'
import { resolveReferences } from './references.ts'
import { loadSchema } from './schema.ts'
import type { ConfigFile } from './settings.ts'
import { standIn } from './stand-in.ts'
import type { SeenFiles } from './substitution.ts'

/** A configuration after the check. */
export interface CheckedNode {
  readonly config: CheckedConfig
  readonly problems: readonly ConfigProblem[]
  /** Files whose contents are part of it, see `${file:…}`. */
  readonly included: readonly ConfigFile[]
  /** Takes what `${…}` stands for out of a text. */
  readonly hide: Hide
}

/**
 * Which filters are compiled to see whether they make sense: all, or only
 * those that a handler names. Compiling loads libraries. `thorough` looks
 * outside the configuration too.
 */
export type CheckScope = 'thorough' | 'all' | 'used'

/**
 * Checks a whole configuration: by the schema, then the names in it, then
 * whether its parts can be made.
 */
export function checkNode(
  written: ConfigNode,
  env: NodeJS.ProcessEnv,
  scope: CheckScope,
): CheckedNode {
  const seen: SeenFiles = new Map()
  const values: ResolvedValues = new Map()
  const root = resolveReferences(written, env, seen, values)
  const hide = createHide(values)
  const checker = new Checker(loadSchema())
  const value = checker.check(root)
  const valid = value === INVALID ? {} : (value as CheckedConfig)
  const used = checker.references
    .filter(({ section }) => section === 'filters')
    .map(({ name }) => name)
  const named = new Set(used)
  const isChecked = (name: string) => scope !== 'used' || named.has(name)
  const { config, problems } = checkParts(valid, root, isChecked)
  const standIns = [...named]
    .filter(name => !Object.hasOwn(config.filters ?? {}, name))
    .map(name => [name, standIn(keysOf(root, ['filters', name]))])
  const filters = { ...config.filters, ...Object.fromEntries(standIns) }
  return {
    config: hideUnfiltered({ ...withoutLost(config, root), filters }, root),
    included: [...seen].map(([path, digest]) => ({ path, digest })),
    hide,
    problems: [
      ...checker.problems,
      ...problems,
      ...checkNames(checker.references, valid, root),
      ...checkHandlers(valid, root),
      ...(scope === 'thorough'
        ? FILES.thoroughChecks().thoroughChecks(valid, root)
        : []),
    ].map(problem => hideIn(problem, hide)),
  }
}

/** Loggers of handlers that could not be read would write nothing at all. */
function withoutLost(config: CheckedConfig, root: ConfigNode): CheckedConfig {
  const isLost = ['handlers', 'transports'].some(part => isUnread(root, part))
  if (!isLost || config.loggers === undefined) return config
  const { loggers, ...rest } = config
  return rest
}
