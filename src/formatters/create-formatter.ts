import { MongowatchError } from '../errors.ts'
import type { RecordFormatter } from './formatter.ts'
import { FILES } from './lazy.ts'
import type { FormatterContext } from './line.ts'

/** One entry of `formatters`, checked, with camelCase keys. */
export type FormatterSettings = { readonly [key: string]: unknown }

type Create = (
  settings: FormatterSettings,
  context: FormatterContext,
) => RecordFormatter

/** Every type of formatter; adding one is adding a line. */
const TYPES = new Map<string, Create>([
  [
    'line',
    (settings, context) => FILES.line().createLineFormatter(settings, context),
  ],
  ['csv', settings => FILES.csv().createCsvFormatter(settings)],
  ['json', () => FILES.json().createJsonFormatter()],
  ['ecs', () => FILES.ecs().createEcsFormatter()],
  ['otel', () => FILES.otel().createOtelFormatter()],
  ['ocsf', settings => FILES.ocsf().createOcsfFormatter(settings)],
  ['mongo-audit', () => FILES.mongoAudit().createMongoAuditFormatter()],
  ['rfc5424', settings => FILES.rfc5424().createRfc5424Formatter(settings)],
  ['cef', () => FILES.cef().createCefFormatter()],
  ['logfmt', () => FILES.logfmt().createLogfmtFormatter()],
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
