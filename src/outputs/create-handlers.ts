import { MongowatchError } from '../errors.ts'
import type { RecordFilter } from '../filters/filter.ts'
import type { RecordFormatter } from '../formatters/formatter.ts'
import type { Loss } from './destination.ts'
import { createDestination } from './destinations.ts'
import { createDropRecord } from './drop-record.ts'
import { Handler } from './handler.ts'
import type { HandlerCounts } from './handler-counts.ts'
import { queueOptions } from './option-values.ts'
import type { HandlerEntry, OutputSettings } from './output-settings.ts'

/** What a handler is made with; each call makes a new one. */
export interface PartMakers {
  /** The filter of this name. */
  createFilter(name: string): RecordFilter
  /** The formatter of this name, or of this handler when it names none. */
  createFormatter(
    name: string | undefined,
    entry: HandlerEntry,
  ): RecordFormatter
  /** Takes secrets of the configuration out of a text. */
  readonly hide?: (text: string) => string
  /** What earlier handlers of this name counted. @default nothing */
  countsOf?(name: string): HandlerCounts
}

/** Handlers that could be made, and why others could not. */
export interface CreatedHandlers {
  readonly handlers: Map<string, Handler>
  readonly problems: MongowatchError[]
}

/** Makes every handler of a configuration; nothing is opened yet. */
export function createHandlers(
  settings: Pick<OutputSettings, 'handlers'>,
  makers: PartMakers,
): CreatedHandlers {
  const handlers = new Map<string, Handler>()
  const problems: MongowatchError[] = []
  for (const [name, entry] of Object.entries(settings.handlers)) {
    try {
      handlers.set(name, createHandler(name, entry, makers))
    } catch (error) {
      problems.push(explain(name, error))
    }
  }
  return { handlers, problems }
}

/** Makes one handler; throws what its user can mend. */
export function createHandler(
  name: string,
  entry: HandlerEntry,
  makers: PartMakers,
): Handler {
  const { options } = entry
  const formatter = makers.createFormatter(entry.formatter, entry)
  const destination = createDestination(entry, {
    name,
    header: formatter.header,
    dropLine: loss => dropLine(formatter, name, loss),
    hide: makers.hide,
  })
  return new Handler({
    name,
    level: entry.level,
    filters: entry.filters.map(filter => makers.createFilter(filter)),
    formatter,
    destination,
    queue: queueOptions(options),
    isWriteAhead: options.guarantee === 'write_ahead',
    isRefusing: options.onFailure === 'refuse',
    counts: makers.countsOf?.(name),
  })
}

/** A timer asks for it: a formatter that fails must not be felt. */
function dropLine(
  formatter: RecordFormatter,
  name: string,
  loss: Loss,
): string {
  try {
    return formatter.format(createDropRecord(name, loss))
  } catch {
    return `$drop ${JSON.stringify({ handler: name, ...loss })}`
  }
}

function explain(name: string, error: unknown): MongowatchError {
  const code =
    error instanceof MongowatchError ? error.code : 'MONGOWATCH_HANDLER'
  const why = error instanceof Error ? error.message : String(error)
  return new MongowatchError(code, `handlers.${name}: ${why}`, { cause: error })
}
