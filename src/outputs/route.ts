import { type Level, passes } from '../record/level.ts'
import type { Phase } from '../record/record.ts'
import type { Handler } from './handler.ts'
import type {
  LoggerEntry,
  OutputSettings,
  PhaseLevels,
} from './output-settings.ts'

/** A phase, or `error`: final with Outcome failure. */
export type RoutePhase = Phase | 'error'

/** What happens to the iterations of one logger in one phase. */
export interface Route {
  readonly level: Level
  /** Handlers that take the iteration. */
  readonly handlers: readonly Handler[]
  /** Handlers that must have it on disk before the operation is sent. */
  readonly writeAhead: readonly Handler[]
  /** Handlers that may refuse the operation. */
  readonly refusing: readonly Handler[]
}

/** A logger's routes by phase. */
export type Routes = Readonly<Record<RoutePhase, Route>>

const PHASES = ['first', 'update', 'final', 'timeout', 'error'] as const
const ENDS = ['final', 'timeout', 'error'] as const

/** Decides, for one logger, who gets what. */
export function createRoutes(
  logger: string,
  levels: PhaseLevels,
  settings: OutputSettings,
  handlers: ReadonlyMap<string, Handler>,
): Routes {
  const threshold = effectiveLevel(logger, settings)
  const attached = attachedTo(logger, settings, handlers)
  const takes = (handler: Handler, level: Level) =>
    level !== 'off' && passes(level, threshold) && passes(level, handler.level)
  const audits = attached.filter(handler =>
    ENDS.some(phase => takes(handler, levels[phase])),
  )
  const route = (phase: RoutePhase): Route => {
    const early = phase === 'first' ? audits : []
    const writeAhead = early.filter(handler => handler.isWriteAhead)
    return {
      level: levels[phase],
      handlers: attached.filter(
        handler =>
          takes(handler, levels[phase]) && !writeAhead.includes(handler),
      ),
      writeAhead,
      refusing: early.filter(
        handler => handler.isRefusing && !handler.isWriteAhead,
      ),
    }
  }
  return Object.fromEntries(
    PHASES.map(phase => [phase, route(phase)]),
  ) as unknown as Routes
}

/** The logger and its ancestors: `a.b.c`, `a.b`, `a`, `root`. */
function ancestry(logger: string): string[] {
  const names = [logger]
  for (let i = logger.lastIndexOf('.'); i > 0; i = logger.lastIndexOf('.', i)) {
    names.push(logger.slice(0, i))
    i--
  }
  return [...names, 'root']
}

function entriesOf(logger: string, settings: OutputSettings): LoggerEntry[] {
  return ancestry(logger)
    .filter(name => Object.hasOwn(settings.loggers, name))
    .map(name => settings.loggers[name])
    .filter(entry => entry !== undefined)
}

/** The nearest level that is set, as in Python's logging; else info. */
function effectiveLevel(logger: string, settings: OutputSettings): Level {
  const entries = entriesOf(logger, settings)
  return entries.find(({ level }) => level !== undefined)?.level ?? 'info'
}

function attachedTo(
  logger: string,
  settings: OutputSettings,
  handlers: ReadonlyMap<string, Handler>,
): Handler[] {
  const found = new Set<Handler>()
  for (const entry of entriesOf(logger, settings)) {
    for (const name of entry.handlers) {
      const handler = handlers.get(name)
      if (handler !== undefined) found.add(handler)
    }
    if (!entry.propagate) break
  }
  return [...found]
}
