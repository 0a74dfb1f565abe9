import { MongowatchError } from '../errors.ts'
import { createCefFormatter } from './cef.ts'
import { createCsvFormatter } from './csv.ts'
import { createEcsFormatter } from './ecs.ts'
import type { RecordFormatter } from './formatter.ts'
import { createJsonFormatter } from './json.ts'
import { createLineFormatter, type FormatterContext } from './line.ts'
import { createLogfmtFormatter } from './logfmt.ts'
import { createMongoAuditFormatter } from './mongo-audit.ts'
import { createOcsfFormatter } from './ocsf.ts'
import { createOtelFormatter } from './otel.ts'
import { createRfc5424Formatter } from './rfc5424.ts'

/** One entry of `formatters`, checked, with camelCase keys. */
export type FormatterSettings = { readonly [key: string]: unknown }

type Create = (
  settings: FormatterSettings,
  context: FormatterContext,
) => RecordFormatter

/** Every type of formatter; adding one is adding a line. */
const TYPES = new Map<string, Create>([
  ['line', createLineFormatter],
  ['csv', createCsvFormatter],
  ['json', createJsonFormatter],
  ['ecs', createEcsFormatter],
  ['otel', createOtelFormatter],
  ['ocsf', createOcsfFormatter],
  ['mongo-audit', createMongoAuditFormatter],
  ['rfc5424', createRfc5424Formatter],
  ['cef', createCefFormatter],
  ['logfmt', createLogfmtFormatter],
])

/** Makes a formatter; everything that can be decided is decided here. */
export function createFormatter(
  settings: FormatterSettings,
  context: FormatterContext,
): RecordFormatter {
  const type = String(settings.type ?? 'line')
  const create = TYPES.get(type)
  if (create !== undefined) return create(settings, context)
  throw new MongowatchError(
    'MONGOWATCH_FORMATTER',
    `type: expected ${[...TYPES.keys()].join(', ')}, got ${type}`,
  )
}
