import type { Level } from '../record/level.ts'
import {
  DEFAULT_FORMATTERS,
  DEFAULT_HANDLERS,
  DEFAULT_WATCHER,
  defaultLoggers,
  WATCHER_DEFAULTS,
  WATCHER_NAMES,
} from './defaults.ts'
import type {
  ConfigFile,
  ConfiguredWatcher,
  HandlerSettings,
  LoggerSettings,
  Plain,
  Settings,
  WatcherName,
} from './settings.ts'

/** A configuration after the check: camelCase, only valid parts. */
export interface CheckedConfig {
  readonly reload?: boolean
  readonly watchers?: Readonly<
    Partial<Record<WatcherName | 'global', CheckedWatcher>>
  >
  readonly formatters?: Readonly<Record<string, Plain>>
  readonly filters?: Readonly<Record<string, Plain>>
  readonly handlers?: Readonly<Record<string, Plain>>
  readonly transports?: Readonly<Record<string, Plain>>
  readonly loggers?: Readonly<Record<string, Partial<LoggerSettings>>>
}

type CheckedWatcher = Partial<
  Omit<ConfiguredWatcher, 'logLevel' | 'limits'> & {
    readonly logLevel: Partial<ConfiguredWatcher['logLevel']>
    readonly limits: Partial<ConfiguredWatcher['limits']>
  }
>

/** Fills a checked configuration up with the defaults. */
export function buildSettings(
  config: CheckedConfig,
  files: readonly ConfigFile[],
): Settings {
  const formatters = { ...DEFAULT_FORMATTERS, ...config.formatters }
  const handlers = buildHandlers(config, formatters)
  return {
    watchers: buildWatchers(config.watchers ?? {}),
    formatters,
    filters: config.filters ?? {},
    handlers,
    loggers: buildLoggers(config.loggers, Object.keys(handlers)),
    reload: config.reload,
    files,
  }
}

function buildWatchers(
  watchers: NonNullable<CheckedConfig['watchers']>,
): Record<WatcherName, ConfiguredWatcher> {
  const built = WATCHER_NAMES.map(name => [
    name,
    [WATCHER_DEFAULTS[name], watchers.global, watchers[name]].reduce(
      layWatcher,
      DEFAULT_WATCHER,
    ),
  ])
  return Object.fromEntries(built)
}

function layWatcher(
  below: ConfiguredWatcher,
  above: CheckedWatcher | undefined,
): ConfiguredWatcher {
  if (above === undefined) return below
  return {
    ...below,
    ...above,
    logLevel: { ...below.logLevel, ...above.logLevel },
    limits: { ...below.limits, ...above.limits },
    operations: layOperations(below.operations, above.operations ?? {}),
  }
}

function layOperations(
  below: ConfiguredWatcher['operations'],
  above: ConfiguredWatcher['operations'],
): ConfiguredWatcher['operations'] {
  const all = { ...below }
  for (const [method, rules] of Object.entries(above))
    all[method] = { ...below[method], ...rules }
  return all
}

function buildHandlers(
  config: CheckedConfig,
  formatters: Readonly<Record<string, Plain>>,
): Record<string, HandlerSettings> {
  const written = { ...config.handlers, ...config.transports }
  const names = Object.keys(written)
  if (!isNamed(config.handlers) && !isNamed(config.transports))
    return { ...DEFAULT_HANDLERS }
  return Object.fromEntries(
    names.map(name => [name, buildHandler(written[name] ?? {}, formatters)]),
  )
}

/** False for a section that is absent or empty. */
function isNamed<T extends object>(section: T | undefined): section is T {
  return section !== undefined && Object.keys(section).length > 0
}

function buildHandler(
  written: Plain,
  formatters: Readonly<Record<string, Plain>>,
): HandlerSettings {
  const { class: type, module, level, formatter, filters, ...options } = written
  const named = formatter as string | undefined
  return {
    class: type as string | undefined,
    module: module as string | undefined,
    level: (level as Level | undefined) ?? 'notset',
    formatter:
      named !== undefined && Object.hasOwn(formatters, named)
        ? named
        : undefined,
    filters: (filters as string[] | undefined) ?? [],
    options,
  }
}

function buildLoggers(
  written: CheckedConfig['loggers'],
  handlers: readonly string[],
): Record<string, LoggerSettings> {
  if (!isNamed(written)) return defaultLoggers(handlers)
  return Object.fromEntries(
    Object.entries(written).map(([name, logger]) => [
      name,
      {
        level: logger.level,
        handlers: (logger.handlers ?? []).filter(handler =>
          handlers.includes(handler),
        ),
        propagate: logger.propagate ?? true,
      },
    ]),
  )
}
