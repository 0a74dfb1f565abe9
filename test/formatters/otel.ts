import * as stable from '@opentelemetry/semantic-conventions'
import * as incubating from '@opentelemetry/semantic-conventions/incubating'
import t from 'tap'
import { createOtelFormatter } from '../../src/formatters/otel.ts'
import type { AuditRecord } from '../../src/record/record.ts'
import { finishedRecord } from '../fixtures/finished-record.ts'
import { fullRecord } from '../fixtures/full-record.ts'

const KNOWN = new Set<unknown>(
  Object.entries({ ...stable, ...incubating })
    .filter(([name]) => name.startsWith('ATTR_'))
    .map(([, value]) => value),
)

/** A key and its value as OTLP JSON has them. */
interface OtelAttribute {
  readonly key: string
  readonly value: Readonly<Record<string, string | number>>
}

const { format } = createOtelFormatter()

function parsed(record: AuditRecord) {
  const [resourceLogs] = JSON.parse(format(record)).resourceLogs
  const [scopeLogs] = resourceLogs.scopeLogs
  const [log] = scopeLogs.logRecords
  return {
    log,
    scope: scopeLogs.scope,
    resource: flat(resourceLogs.resource.attributes),
    attributes: flat(log.attributes),
  }
}

function flat(list: OtelAttribute[]): Record<string, unknown> {
  return Object.fromEntries(
    list.map(({ key, value }) => [key, Object.values(value)[0]]),
  )
}

t.test('every name is a semantic convention’s, or ours', async t => {
  const record = fullRecord({ ReturnedCount: 1, OperationCount: 2 })
  const { attributes, resource } = parsed(record)
  for (const name of Object.keys({ ...attributes, ...resource })) {
    t.ok(KNOWN.has(name) || name.startsWith('mongowatch.'), name)
  }
})

t.test('the database conventions', async t => {
  const { attributes } = parsed(fullRecord())
  t.match(attributes, {
    [incubating.ATTR_DB_SYSTEM_NAME]: incubating.DB_SYSTEM_NAME_VALUE_MONGODB,
    [stable.ATTR_DB_NAMESPACE]: 'shop',
    [stable.ATTR_DB_COLLECTION_NAME]: 'orders',
    [stable.ATTR_DB_OPERATION_NAME]: 'updateMany',
    [stable.ATTR_DB_QUERY_SUMMARY]: 'updateMany orders',
    [stable.ATTR_DB_QUERY_TEXT]: '{"status":"?","total":{"$gt":"?","$lt":"?"}}',
    [stable.ATTR_DB_RESPONSE_STATUS_CODE]: '11000',
    [stable.ATTR_ERROR_TYPE]: '11000',
    [stable.ATTR_SERVER_ADDRESS]: 'db1.example.com',
    [stable.ATTR_SERVER_PORT]: '27018',
  })
})

t.test('what only a failure has, a success has not', async t => {
  const { attributes } = parsed(finishedRecord({ ErrorCode: 0 }))
  t.notOk('error.type' in attributes)
  t.notOk('db.response.status_code' in attributes)
})

t.test('the size of a batch: not for a batch of one', async t => {
  const size = (OperationCount?: number) =>
    parsed(finishedRecord({ OperationCount })).attributes[
      'db.operation.batch.size'
    ]
  t.equal(size(2), '2')
  t.equal(size(0), '0')
  t.equal(size(1), undefined)
  t.equal(size(undefined), undefined)
})

t.test('rows that were returned: only of reads', async t => {
  const rows = (fields: Partial<AuditRecord>) =>
    parsed(finishedRecord(fields)).attributes['db.response.returned_rows']
  t.equal(
    rows({ Operation: 'find', ReturnedCount: 12, MatchedCount: 20 }),
    '12',
  )
  t.equal(rows({ Operation: 'findOne', MatchedCount: 1 }), '1')
  t.equal(rows({ Operation: 'updateOne', MatchedCount: 1 }), undefined)
})

t.test('OTLP JSON: 64-bit integers as text, times in nanoseconds', async t => {
  const { log, scope, resource } = parsed(
    fullRecord({ TraceID: 'a'.repeat(32), SpanID: 'b'.repeat(16) }),
  )
  t.equal(log.timeUnixNano, '1795568523456000000')
  t.equal(log.severityNumber, 9)
  t.equal(log.severityText, 'INFO')
  t.equal(log.traceId, 'a'.repeat(32))
  t.equal(log.spanId, 'b'.repeat(16))
  t.same(log.body, { stringValue: 'updateMany shop.orders' })
  t.equal(scope.name, 'mongowatch')
  t.equal(resource['service.name'], 'shop')
  const seq = log.attributes.find(
    ({ key }: OtelAttribute) => key === 'mongowatch.seq',
  )
  t.same(seq.value, { intValue: '42' })
})

t.test(
  'an id of the wrong form is left out, or the line is refused',
  async t => {
    const { log } = parsed(fullRecord({ TraceID: 'x', SpanID: '' }))
    t.notOk('traceId' in log)
    t.notOk('spanId' in log)
  },
)
