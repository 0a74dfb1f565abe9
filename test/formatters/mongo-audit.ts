import { EJSON } from 'bson4'
import t from 'tap'
import { createMongoAuditFormatter } from '../../src/formatters/mongo-audit.ts'
import type { AuditRecord } from '../../src/record/record.ts'
import { finishedRecord } from '../fixtures/finished-record.ts'
import { fullRecord } from '../fixtures/full-record.ts'

const { format } = createMongoAuditFormatter()
const message = (fields: Partial<AuditRecord>) =>
  JSON.parse(format(finishedRecord(fields)))

/** The fields of the published audit message, in its order. */
const FIELDS = 'atype ts uuid local remote users roles param result'.split(' ')

t.test('the message has the fields of MongoDB Enterprise’s', async t => {
  t.strictSame(JSON.parse(format(fullRecord())), {
    atype: 'authCheck',
    ts: { $date: '2026-11-25T01:02:03.456Z' },
    uuid: { $binary: 'ZafwscD/7gAAAAABAAAAAA==', $type: '04' },
    local: { ip: 'db1.example.com', port: 27018 },
    remote: { ip: 'web-1' },
    users: [{ user: 'web', db: 'shop' }],
    roles: [],
    param: {
      command: 'update',
      ns: 'shop.orders',
      args: {
        filter: { status: 'paid', total: { $gt: 100, $lt: 200 } },
        update: { $set: { status: 'sent' } },
        options: { upsert: true },
      },
      operation: 'updateMany',
      iteration: 'final',
      durationMillis: 4,
      nMatched: 3,
      nUpserted: 0,
      nModified: 2,
      error: 'E11000 duplicate key error',
    },
    result: 11000,
  })
  t.same(Object.keys(JSON.parse(format(fullRecord()))), FIELDS)
})

t.test('MongoDB’s own Extended JSON reader takes it', async t => {
  const read = EJSON.parse(format(fullRecord()), { legacy: true }) as {
    ts: Date
    uuid: { sub_type: number }
  }
  t.equal(read.ts.getTime(), Date.UTC(2026, 10, 25, 1, 2, 3, 456))
  t.equal(read.uuid.sub_type, 4)
})

t.test(
  'the command is the server’s, the event its own where it has one',
  async t => {
    const cases: [string, string, string][] = [
      ['findOne', 'authCheck', 'find'],
      ['insertMany', 'authCheck', 'insert'],
      ['findOneAndUpdate', 'authCheck', 'findAndModify'],
      ['countDocuments', 'authCheck', 'aggregate'],
      ['createIndexes', 'createIndex', 'createIndexes'],
      ['drop', 'dropCollection', 'drop'],
      ['addUser', 'createUser', 'createUser'],
      ['constructor', 'authCheck', 'constructor'],
    ]
    for (const [Operation, atype, command] of cases) {
      const made = message({ Operation })
      t.equal(made.atype, atype)
      t.equal(made.param.command, command)
    }
  },
)

t.test(
  'result: 0, the code, 8 without one, absent while it is open',
  async t => {
    t.equal(message({ Outcome: 'success' }).result, 0)
    t.equal(message({ Outcome: 'failure', ErrorCode: 13 }).result, 13)
    t.equal(message({ Outcome: 'failure' }).result, 8)
    t.notOk('result' in message({ Outcome: 'unknown' }))
  },
)
