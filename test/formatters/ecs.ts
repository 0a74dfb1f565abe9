import { EcsFlat, EcsVersion } from '@elastic/ecs'
import t from 'tap'
import { createEcsFormatter, ECS_VERSION } from '../../src/formatters/ecs.ts'
import { finishedRecord } from '../fixtures/finished-record.ts'
import { fullRecord } from '../fixtures/full-record.ts'

interface EcsField {
  readonly type: string
  readonly allowed_values?: readonly {
    readonly name: string
    readonly expected_event_types?: readonly string[]
  }[]
}
const SCHEMA = EcsFlat as unknown as Record<string, EcsField>

const CHECKS: Record<string, (value: unknown) => boolean> = {
  date: value => !Number.isNaN(Date.parse(String(value))),
  long: value => Number.isSafeInteger(value),
  keyword: value => typeof value === 'string',
  wildcard: value => typeof value === 'string',
  match_only_text: value => typeof value === 'string',
}

const { format } = createEcsFormatter()
const document = (record = fullRecord()) => JSON.parse(format(record))

/** `{a: {b: 1}}` as `a.b` and 1; arrays as their elements. */
function flat(value: unknown, path = ''): [string, unknown][] {
  if (Array.isArray(value)) return value.flatMap(part => flat(part, path))
  if (typeof value !== 'object' || value === null) return [[path, value]]
  return Object.entries(value).flatMap(([key, part]) =>
    flat(part, path === '' ? key : `${path}.${key}`),
  )
}

t.test('the version is that of the schema it is checked by', async t => {
  t.equal(ECS_VERSION, EcsVersion)
})

t.test(
  'every field is in the schema, with its type and its values',
  async t => {
    const records = [
      fullRecord(),
      fullRecord({ RemoteAddress: '10.0.0.1', TraceID: 'a', SpanID: 'b' }),
      finishedRecord(),
      finishedRecord({ Operation: '$start' }),
    ]
    for (const record of records) {
      for (const [path, value] of flat(document(record))) {
        if (path.startsWith('mongowatch.')) continue
        const field = SCHEMA[path]
        t.ok(field, path)
        t.ok(CHECKS[field?.type ?? '']?.(value), `${path} is ${field?.type}`)
        const allowed = field?.allowed_values?.map(({ name }) => name)
        if (allowed) t.ok(allowed.includes(String(value)), `${path}: ${value}`)
      }
    }
  },
)

t.test('event.type is one that is expected beside the category', async t => {
  const category = SCHEMA['event.category']?.allowed_values?.find(
    ({ name }) => name === 'database',
  )
  for (const Operation of ['find', 'insertOne', 'connect', 'listIndexes']) {
    for (const Outcome of ['success', 'failure'] as const) {
      const { event } = document(finishedRecord({ Operation, Outcome }))
      for (const type of event.type) {
        t.ok(category?.expected_event_types?.includes(type), type)
      }
    }
  }
})

t.test('an operation', async t => {
  const { event, server, error, mongowatch, ...rest } = document()
  t.equal(event.action, 'updateMany')
  t.same(event.type, ['change', 'error'])
  t.equal(event.duration, 4_100_000, 'nanoseconds')
  t.equal(event.sequence, 42)
  t.same(server, { address: 'db1.example.com', port: 27018 })
  t.equal(error.code, '11000')
  t.equal(mongowatch.filter, '{"status":"paid","total":{"$gt":100,"$lt":200}}')
  t.equal(rest.message, 'updateMany shop.orders')
  t.equal(rest['@timestamp'], '2026-11-25T01:02:03.456Z')
})

t.test('the fields that log readers want first come first', async t => {
  t.match(
    format(fullRecord()),
    /^\{"@timestamp":"[^"]*","log.level":"info","message":/,
  )
})

t.test('a field of the wrong type is left out or made text', async t => {
  const masked = Object.assign(fullRecord(), { Duration: 'xxx', DB: { a: 1 } })
  const { event, mongowatch } = document(masked)
  t.notOk('duration' in event)
  t.equal(mongowatch.db, '{"a":1}')
})
