// Nanoseconds per record of each format: npm run bench:formats
import { ObjectId } from 'mongodb'
import { createFormatter } from '../dist/formatters/create-formatter.js'
import type { FieldName } from '../dist/record/fields.js'
import { AuditRecord } from '../dist/record/record.js'
import { snapshot } from '../dist/record/snapshot.js'

const DEFAULT_FIELDS: FieldName[] = [
  'DB',
  'Collection',
  'Operation',
  'Filter',
  'Duration',
  'MatchedCount',
  'InsertedCount',
  'UpsertedCount',
  'ModifiedCount',
  'DeletedCount',
  'Outcome',
]

const records = Array.from({ length: 1000 }, (_, i) => createRecord(i))

/** A record as a collection's `findOne` leaves it. */
function createRecord(i: number): AuditRecord {
  const start = Date.UTC(2026, 10, 25, 1, 2, 3) + i * 7
  const record = new AuditRecord(
    'mongowatch.collection',
    i % 3 === 0 ? 'updateOne' : 'findOne',
    `65a7f0b1c0ffee00001${(4096 + i).toString(16)}5`,
    new Date(start),
  )
  return Object.assign(record, {
    Iteration: 'final',
    EndTime: new Date(start + 3),
    DB: 'shop',
    Collection: i % 2 === 0 ? 'orders' : 'customers',
    Filter: snapshot({ _id: new ObjectId(), total: { $gt: i } }),
    Duration: 0.001 + i / 1e6,
    MatchedCount: 1,
    Outcome: 'success',
    WallTime: 0.001 + i / 1e6,
    Server: 'db.example.com:27017',
    AppName: 'shop',
    DBUser: 'web',
    Driver: '7.9.0',
    Host: 'web-1',
    PID: 4711,
    Thread: 0,
    Seq: i,
  })
}

const FORMATS = {
  'line {watch}': { type: 'line' },
  'line {watch.full}': { type: 'line', format: '{asctime} {watch.full}' },
  'line {watch.Filter.total.$gt}': {
    type: 'line',
    format: '{levelname:<8} {watch.Filter.total.$gt:>6}',
  },
  csv: { type: 'csv' },
  json: { type: 'json' },
  ecs: { type: 'ecs' },
  otel: { type: 'otel' },
  ocsf: { type: 'ocsf' },
  'mongo-audit': { type: 'mongo-audit' },
  rfc5424: { type: 'rfc5424' },
  cef: { type: 'cef' },
  logfmt: { type: 'logfmt' },
}

function measure(format: (record: AuditRecord) => string): number {
  let best = Number.POSITIVE_INFINITY
  let length = 0
  for (let round = 0; round < 30; round++) {
    const start = process.hrtime.bigint()
    for (const record of records) length += format(record).length
    const spent = Number(process.hrtime.bigint() - start) / records.length
    best = Math.min(best, spent)
  }
  if (length === 0) throw new Error('nothing was written')
  return best
}

for (const [name, settings] of Object.entries(FORMATS)) {
  const { format } = createFormatter(settings, {
    defaultFields: () => DEFAULT_FIELDS,
  })
  const spent = measure(format).toFixed(0)
  const size = format(records[0] as AuditRecord).length
  console.log(`${name.padEnd(30)} ${spent.padStart(6)} ns ${size} characters`)
}
