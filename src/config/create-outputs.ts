import { systemClock } from '../clock.ts'
import { createFilter } from '../filters/create-filter.ts'
import type { RecordFilter } from '../filters/filter.ts'
import { FILES as FILTER_FILES } from '../filters/lazy.ts'
import { createFormatter } from '../formatters/create-formatter.ts'
import type { RecordFormatter } from '../formatters/formatter.ts'
import { createHandlers } from '../outputs/create-handlers.ts'
import type { Handler } from '../outputs/handler.ts'
import { HandlerCounts } from '../outputs/handler-counts.ts'
import { inCallContext } from '../outputs/in-call-context.ts'
import { createRouter, type Router } from '../outputs/router.ts'
import type { Emit } from '../record/emit.ts'
import type { FieldName } from '../record/fields.ts'
import { warn } from '../warn.ts'
import type { WatcherName, WatcherRules } from '../watchers/watcher-settings.ts'
import { FILES } from './lazy.ts'
import type { LoadedSettings } from './load-settings.ts'
import type {
  ConfiguredWatcher,
  HandlerSettings,
  Settings,
} from './settings.ts'
import { standIn } from './stand-in.ts'

/** What a configuration describes. */
export interface Outputs {
  readonly handlers: ReadonlyMap<string, Handler>
  readonly router: Router
  /** The router's, in the context of the call where that may be asked for. */
  readonly emit: Emit
  readonly rules: Readonly<Record<WatcherName, WatcherRules>>
}

/** What `{watch}` shows of records about mongowatch itself. */
const LIFECYCLE_FIELDS: readonly FieldName[] = [
  'Operation',
  'Driver',
  'Options',
]

type Complain = (error: unknown) => void

/**
 * Makes everything that a configuration describes; says what is wrong.
 *
 * @param counts - of the handlers of this process, by name; added to
 */
export function createOutputs(
  loaded: LoadedSettings,
  counts = new Map<string, HandlerCounts>(),
): Outputs {
  const { settings, problems, hide = asItIs } = loaded
  const said =
    problems.length > 0 ? [FILES.problemText().problemsText(problems)] : []
  const complain: Complain = error => {
    said.push(hide(error instanceof Error ? error.message : String(error)))
  }
  const { handlers, problems: broken } = createHandlers(settings, {
    createFilter: name => filterOf(settings, name, complain),
    createFormatter: (name, entry) => formatterOf(settings, name, entry),
    hide,
    countsOf(name) {
      const known = counts.get(name) ?? new HandlerCounts()
      counts.set(name, known)
      return known
    },
  })
  broken.forEach(complain)
  const router = createRouter(settings, handlers)
  const hasCode = Object.values(settings.filters).some(
    filter => filter.module !== undefined,
  )
  const rules = createRules(settings, router, complain, hasCode)
  if (said.length > 0) warn('MONGOWATCH_CONFIG', said.join('\n'))
  const emit = hasCode ? inCallContext(router.emit) : router.emit
  return { handlers, router, emit, rules }
}

function asItIs(text: string): string {
  return text
}

/** What handlers without a formatter use, by their class. */
const DEFAULT_TYPES: Readonly<Record<string, string>> = {
  file: 'json',
  otlp: 'otel',
  syslog: 'rfc5424',
}

/** The named formatter; without a name, that of the class, or text. */
function formatterOf(
  { formatters, watchers }: Settings,
  name: string | undefined,
  entry: HandlerSettings,
): RecordFormatter {
  const type = DEFAULT_TYPES[entry.class ?? ''] ?? 'line'
  const form = name === undefined ? { type } : (formatters[name] ?? { type })
  const byWatcher: Readonly<Record<string, ConfiguredWatcher>> = watchers
  return createFormatter(form, {
    defaultFields: logger =>
      byWatcher[logger.split('.')[1] ?? '']?.defaultFields ?? LIFECYCLE_FIELDS,
  })
}

/** A filter that cannot be made might have hidden something, see `standIn`. */
function filterOf(
  { filters }: Settings,
  name: string,
  complain: Complain,
): RecordFilter {
  const context = { clock: systemClock }
  try {
    return createFilter(name, filters[name] ?? {}, context)
  } catch (error) {
    complain(error)
    return createFilter(
      name,
      standIn(Object.keys(filters[name] ?? {})),
      context,
    )
  }
}

function createRules(
  { watchers, reload }: Settings,
  router: Router,
  complain: Complain,
  needsContext: boolean,
): Record<WatcherName, WatcherRules> {
  const compile = ({ exclude, ...rules }: ConfiguredWatcher): WatcherRules => {
    if (exclude === undefined) return rules
    try {
      return { ...rules, excludes: FILTER_FILES.match().compileMatch(exclude) }
    } catch (error) {
      complain(error)
      return rules
    }
  }
  const rules = Object.entries(watchers).map(([name, watcher]) => {
    const logger = `mongowatch.${name}`
    return [
      name,
      {
        ...compile(watcher),
        // what begins now may end when a reload has found somebody
        enabled: watcher.enabled && (reload || router.wants(logger)),
        // the first is in the context of the call
        emitsFirst: needsContext || router.wants(logger, 'first'),
      },
    ]
  })
  return Object.fromEntries(rules)
}
