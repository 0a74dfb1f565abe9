import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { MongowatchConfig } from './config/config.ts'
import { settingsFrom } from './config/load-settings.ts'
import { problemText } from './config/problem-text.ts'
import type { LoggerSettings, Settings } from './config/settings.ts'
import { MongowatchError } from './errors.ts'
import { mongowatch } from './mongowatch.ts'

const ROOT_LOGGER = 'mongowatch'

/**
 * Watches a driver that is loaded already, for those who prefer a line in
 * their code to a preload. Call it before clients are used; calling it twice
 * does nothing more.
 *
 * @param mongodb - what `require('mongodb')` gives, or `import * as mongodb`
 * @throws MongowatchError `MONGOWATCH_NO_DRIVER` when it is no driver
 */
export function patchMongodb(mongodb: object): void {
  const exports: object = Reflect.get(mongodb, 'default') ?? mongodb
  if (typeof Reflect.get(exports, 'Collection') !== 'function') {
    throw new MongowatchError(
      'MONGOWATCH_NO_DRIVER',
      'Expected the exports of the package mongodb, got something without a Collection',
    )
  }
  const root = rootOf(exports)
  const driver = mongowatch().driver(root ?? 'unknown')
  for (const name of Object.keys(exports)) driver.found(name, exports)
  const execution = root && require.cache[join(root, EXECUTION)]?.exports
  if (execution) driver.found('executeOperation', execution)
}

/** Puts every method of every watched driver back. */
export function unpatchMongodb(): void {
  mongowatch().unpatch()
}

/**
 * Replaces the configuration: what files say is no longer used.
 *
 * @throws MongowatchError `MONGOWATCH_CONFIG` with one line per mistake; the
 * configuration stays as it was
 */
export function configure(config: MongowatchConfig): void {
  mongowatch().configure({ settings: check(config), problems: [] })
}

/**
 * Adds handlers to the logger `mongowatch`, in the form of the YAML file:
 * `addHandlers({ audit: { class: 'file', filename: 'audit.jsonl' } })`.
 * A handler of the same name is replaced.
 *
 * @param parts - `formatters` and `filters` that the new handlers name
 * @throws MongowatchError like {@link configure}
 */
export function addHandlers(
  handlers: NonNullable<MongowatchConfig['handlers']>,
  parts: Pick<MongowatchConfig, 'formatters' | 'filters'> = {},
): void {
  const added = check({ version: 1, ...parts, handlers })
  const current = mongowatch().settings
  mongowatch().configure({
    settings: {
      ...current,
      formatters: { ...current.formatters, ...added.formatters },
      filters: { ...current.filters, ...added.filters },
      handlers: { ...current.handlers, ...added.handlers },
      loggers: {
        ...current.loggers,
        [ROOT_LOGGER]: extended(current, Object.keys(added.handlers)),
      },
    },
    problems: [],
  })
}

const EXECUTION = join('lib', 'operations', 'execute_operation.js')

function check(config: MongowatchConfig): Settings {
  const { settings, problems } = settingsFrom(config)
  if (problems.length === 0) return settings
  const text = problems.map(problemText).join('\n')
  throw new MongowatchError('MONGOWATCH_CONFIG', text)
}

function extended(
  { loggers }: Settings,
  handlers: readonly string[],
): LoggerSettings {
  const logger = loggers[ROOT_LOGGER]
  return {
    level: logger?.level,
    propagate: logger?.propagate ?? true,
    handlers: [...new Set([...(logger?.handlers ?? []), ...handlers])],
  }
}

/** The folder of the driver whose index exports this. */
function rootOf(exports: object): string | undefined {
  const file = Object.keys(require.cache).find(
    path => require.cache[path]?.exports === exports,
  )
  if (file === undefined) return undefined
  let folder = dirname(file)
  while (!existsSync(join(folder, 'package.json'))) {
    if (folder === dirname(folder)) return undefined
    folder = dirname(folder)
  }
  return folder
}
