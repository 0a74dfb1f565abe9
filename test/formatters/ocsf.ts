import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Ajv from 'ajv/dist/2020'
import fc from 'fast-check'
import t from 'tap'
import { createOcsfFormatter, OCSF_VERSION } from '../../src/formatters/ocsf.ts'
import type { AuditRecord } from '../../src/record/record.ts'
import { anyRecord } from '../fixtures/any-record.ts'
import { finishedRecord } from '../fixtures/finished-record.ts'
import { fullRecord } from '../fixtures/full-record.ts'

const FILES = {
  6005: 'datastore-activity',
  6003: 'api-activity',
} as const

/** The JSON Schema of a class, made from the published OCSF schema. */
function validator(uid: 6005 | 6003) {
  const file = `ocsf-${OCSF_VERSION}-${FILES[uid]}.json`
  const text = readFileSync(join(__dirname, '../fixtures', file), 'utf8')
  return new Ajv({ strict: false, logger: false }).compile(JSON.parse(text))
}

function event(fields: Partial<AuditRecord>, uid: 6005 | 6003 = 6005) {
  return JSON.parse(
    createOcsfFormatter({ class: uid }).format(finishedRecord(fields)),
  )
}

for (const uid of [6005, 6003] as const) {
  t.test(`class ${uid}: events are valid by the schema`, async t => {
    const validate = validator(uid)
    const { format } = createOcsfFormatter({ class: uid })
    const records = [
      fullRecord(),
      fullRecord({ RemoteAddress: '10.0.0.1', Server: '127.0.0.1:27017' }),
      fullRecord({ RemoteAddress: 'client', Server: '[::1]:27017' }),
      finishedRecord(),
      finishedRecord({ DB: undefined, Collection: undefined }),
      finishedRecord({ Operation: '$start', Outcome: 'unknown' }),
      Object.assign(fullRecord(), { StartTime: 'xxx', Duration: 'xxx' }),
    ]
    for (const record of records) {
      t.ok(
        validate(JSON.parse(format(record))),
        JSON.stringify(validate.errors),
      )
    }
  })

  t.test(`class ${uid}: any record makes a valid event`, async t => {
    const validate = validator(uid)
    const { format } = createOcsfFormatter({ class: uid })
    fc.assert(
      fc.property(anyRecord(), record => validate(JSON.parse(format(record)))),
      { numRuns: 300 },
    )
    t.pass()
  })
}

t.test('activities of a datastore', async t => {
  const activities: [string, number, string][] = [
    ['find', 4, 'Query'],
    ['aggregate', 4, 'Query'],
    ['insertMany', 6, 'Create'],
    ['updateOne', 2, 'Update'],
    ['findOneAndReplace', 2, 'Update'],
    ['deleteOne', 7, 'Delete'],
    ['findOneAndDelete', 7, 'Delete'],
    ['bulkWrite', 5, 'Write'],
    ['listIndexes', 8, 'List'],
    ['connect', 3, 'Connect'],
    ['createIndex', 99, 'createIndex'],
    ['command', 99, 'command'],
  ]
  for (const [Operation, id, name] of activities) {
    const { activity_id, activity_name, type_uid } = event({ Operation })
    t.equal(activity_id, id, Operation)
    t.equal(activity_name, name)
    t.equal(type_uid, 600500 + id)
  }
})

t.test(
  'a document by its key is a read, a pipeline that writes a write',
  async t => {
    t.equal(event({ Filter: { _id: 1 } }).activity_id, 1)
    const Filter = [{ $match: {} }, { $merge: { into: 'x' } }]
    t.equal(event({ Operation: 'aggregate', Filter }).activity_id, 5)
  },
)

t.test('as MongoDB has it: class 6003', async t => {
  const made = event({ Operation: 'deleteOne' }, 6003)
  t.equal(made.class_uid, 6003)
  t.equal(made.type_uid, 600304)
  t.equal(made.api.operation, 'deleteOne')
  t.same(made.resources, [{ name: 'shop.orders', type: 'collection' }])
})

t.test('a failure is of medium severity and says why', async t => {
  const made = JSON.parse(createOcsfFormatter({}).format(fullRecord()))
  t.match(made, {
    severity_id: 3,
    status_id: 2,
    status_code: '11000',
    status_detail: 'E11000 duplicate key error',
    duration: 4,
    actor: { user: { name: 'web' }, app_name: 'shop', process: { pid: 4711 } },
    src_endpoint: { hostname: 'web-1' },
    dst_endpoint: { hostname: 'db1.example.com', port: 27018 },
    database: { name: 'shop' },
    table: { name: 'orders' },
    unmapped: { modified_count: 2 },
  })
})
