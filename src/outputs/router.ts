import type { MongowatchAuditError } from '../errors.ts'
import type { Emit } from '../record/emit.ts'
import type { Level } from '../record/level.ts'
import type { AuditRecord, Phase } from '../record/record.ts'
import { warnOnce } from '../warn.ts'
import { LIFECYCLE } from './drop-record.ts'
import type { Handler } from './handler.ts'
import type { OutputSettings, PhaseLevels } from './output-settings.ts'
import {
  createRoutes,
  type Route,
  type RoutePhase,
  type Routes,
} from './route.ts'

/** Takes the iterations of every logger to the handlers. */
export interface Router {
  readonly emit: Emit
  /**
   * False when nobody takes this phase of this logger, or any phase of it: it
   * can be left out.
   */
  wants(logger: string, phase?: RoutePhase): boolean
}

const UNKNOWN_WATCHER: PhaseLevels = {
  first: 'debug',
  update: 'debug',
  final: 'info',
  timeout: 'info',
  error: 'warn',
}

/** Lifecycle operations that are not `info`. */
const LIFECYCLE_LEVELS: Readonly<Record<string, Level>> = {
  $drop: 'warning',
  $error: 'error',
}

/**
 * Makes the function that watchers call. Who gets what is decided once per
 * logger; a phase that nobody takes costs a look-up.
 */
export function createRouter(
  settings: OutputSettings,
  handlers: ReadonlyMap<string, Handler>,
): Router {
  const known = new Map<string, Routes>()
  const routesOf = (key: string, logger: string, levels: PhaseLevels) => {
    const routes = createRoutes(logger, levels, settings, handlers)
    known.set(key, routes)
    return routes
  }
  const ofWatcher = (logger: string) =>
    known.get(logger) ?? routesOf(logger, logger, levelsOf(logger, settings))
  const ofLifecycle = (operation: string) =>
    known.get(operation) ??
    routesOf(operation, LIFECYCLE, everyPhase(LIFECYCLE_LEVELS[operation]))
  return {
    emit(record, phase) {
      const routes =
        record._logger === LIFECYCLE
          ? ofLifecycle(record.Operation)
          : ofWatcher(record._logger)
      const isError = phase === 'final' && record.Outcome === 'failure'
      return send(record, phase, routes[isError ? 'error' : phase])
    },
    wants(logger, phase) {
      const routes = ofWatcher(logger)
      const asked = phase ? [routes[phase]] : Object.values(routes)
      return asked.some(({ handlers, writeAhead, refusing }) =>
        [handlers, writeAhead, refusing].some(({ length }) => length > 0),
      )
    },
  }
}

function send(
  record: AuditRecord,
  phase: Phase,
  route: Route,
): MongowatchAuditError | undefined {
  record._level = route.level
  for (const handler of route.handlers) {
    try {
      handler.handle(record, phase)
    } catch (error) {
      handler.fail(error)
    }
  }
  if (phase !== 'first') return undefined
  return beforeSending(record, route)
}

/** `write_ahead` and `refuse`: what must be settled before the driver is. */
function beforeSending(
  record: AuditRecord,
  { writeAhead, refusing }: Route,
): MongowatchAuditError | undefined {
  let refusal: MongowatchAuditError | undefined
  try {
    for (const handler of writeAhead) refusal ??= handler.writeAhead(record)
    for (const handler of refusing) refusal ??= handler.refuse(record)
  } catch (error) {
    warnOnce('MONGOWATCH_HANDLER', error)
  }
  return refusal
}

function levelsOf(logger: string, { watchers }: OutputSettings): PhaseLevels {
  const [, watcher = ''] = logger.split('.')
  const isKnown = Object.hasOwn(watchers, watcher)
  return (isKnown ? watchers[watcher]?.logLevel : undefined) ?? UNKNOWN_WATCHER
}

function everyPhase(level: Level = 'info'): PhaseLevels {
  return {
    first: level,
    update: level,
    final: level,
    timeout: level,
    error: level,
  }
}
