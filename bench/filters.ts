// Nanoseconds per record of each filter: npm run bench:filters
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ObjectId } from 'mongodb'
import { systemClock } from '../dist/clock.js'
import {
  createFilter,
  type FilterSettings,
} from '../dist/filters/create-filter.js'
import type { RecordFilter } from '../dist/filters/filter.js'
import { AuditRecord } from '../dist/record/record.js'
import { snapshot } from '../dist/record/snapshot.js'

const records = Array.from({ length: 1000 }, (_, i) => createRecord(i))

/** A record as a collection's `updateOne` leaves it. */
function createRecord(i: number): AuditRecord {
  const start = Date.UTC(2026, 10, 25, 1, 2, 3) + i * 7
  const record = new AuditRecord(
    'mongowatch.collection',
    'updateOne',
    `65a7f0b1c0ffee00001${(4096 + i).toString(16)}5`,
    new Date(start),
  )
  return Object.assign(record, {
    Iteration: 'final',
    EndTime: new Date(start + 3),
    DB: 'shop',
    Collection: i % 2 === 0 ? 'orders' : 'customers',
    Filter: snapshot({
      _id: new ObjectId(),
      status: { $in: ['open', 'paid'] },
      email: `customer${i}@example.org`,
      total: { $gt: i },
    }),
    Update: snapshot({ $set: { note: 'call back', 'address.city': 'Kiel' } }),
    Duration: 0.001 + i / 1e4,
    MatchedCount: 1,
    ModifiedCount: 1,
    Outcome: 'success',
    Server: 'db.example.com:27017',
    AppName: 'shop',
    DBUser: 'web',
    Driver: '7.9.0',
    Host: 'web-1',
    PID: 4711,
    Thread: 0,
  })
}

const DETECT = ['email', 'card', 'iban', 'jwt', 'connection_string']

const FILTERS = (module: string): Record<string, FilterSettings> => ({
  'when Collection == … && Duration > …': {
    when: 'Collection == "orders" && Duration > 0.05',
  },
  'when Filter.status…': { when: 'has(Filter.email) && Filter._id != ""' },
  'when Collection.matches(…)': { when: 'Collection.matches("^ord")' },
  'match whole fields': { match: { DB: { $in: ['admin', 'local'] } } },
  'match Filter.total.$gt': { match: { 'Filter.total.$gt': { $gt: 100 } } },
  'match $regex': { match: { Collection: { $regex: '^ord' } } },
  mask: { mask: {} },
  'redact one key': {
    redact: { rules: [{ keys: ['email'], action: 'mask' }] },
  },
  'redact one path': {
    redact: { rules: [{ paths: ['Filter.**.email'], action: 'type' }] },
  },
  'redact one path, hash': {
    redact: { rules: [{ paths: ['Filter.email'], action: 'hash' }], key: 'k' },
  },
  'redact five detectors': {
    redact: { rules: [{ detect: DETECT, action: 'type' }] },
  },
  sample: { sample: 0.1 },
  'sample by Collection': { sample: { rate: 0.1, by: 'Collection' } },
  rate: { rate: { attributes: ['ModifiedCount'] } },
  fields: { fields: { constant: { Environment: 'test' }, drop: ['Update'] } },
  module: { module },
})

/** The best of thirty rounds: what the filter costs when nothing disturbs. */
function measure(filter: RecordFilter): number {
  let best = Number.POSITIVE_INFINITY
  let passed = 0
  for (let round = 0; round < 30; round++) {
    const start = process.hrtime.bigint()
    for (const record of records) if (filter.apply(record)) passed++
    const spent = Number(process.hrtime.bigint() - start) / records.length
    best = Math.min(best, spent)
  }
  if (passed > records.length * 30) throw new Error('counted wrongly')
  return best
}

const folder = mkdtempSync(join(tmpdir(), 'mongowatch-bench-'))
try {
  const module = join(folder, 'filter.cjs')
  writeFileSync(module, 'module.exports = record => record')
  for (const [name, settings] of Object.entries(FILTERS(module))) {
    const before = performance.now()
    const filter = createFilter(name, settings, { clock: systemClock })
    const made = performance.now() - before
    const ns = measure(filter).toFixed(0)
    console.log(
      `${name.padEnd(38)} ${ns.padStart(7)} ns   made in ${made.toFixed(1)} ms`,
    )
  }
} finally {
  rmSync(folder, { recursive: true })
}
