// Nanoseconds per copy of typical values: node --import tsx bench/snapshot.ts
import { ObjectId } from 'mongodb'
import { DEFAULT_LIMITS } from '../dist/record/limits.js'
import { snapshot } from '../dist/record/snapshot.js'

const id = new ObjectId()
const ids = Array.from({ length: 100 }, () => new ObjectId())

const VALUES: Record<string, unknown> = {
  'empty document': {},
  '{ _id: ObjectId }': { _id: id },
  '{ status, age: { $gt } }': { status: 'a', age: { $gt: 5 } },
  'date range': { at: { $gte: new Date(0), $lt: new Date(1e12) } },
  '$in of 10 numbers': { n: { $in: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] } },
  '$in of 100 ObjectIds': { _id: { $in: ids } },
  'pipeline of 3 stages': [
    { $match: { status: 'a', age: { $gt: 5 } } },
    { $group: { _id: '$city', n: { $sum: 1 } } },
    { $sort: { n: -1 } },
  ],
  'update with a secret': { $set: { name: 'x', password: 'hunter2' } },
  'text of 16 MB': { text: 'x'.repeat(2 ** 24) },
}

const ROUNDS = 5

function measure(value: unknown, count: number): number {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.hrtime.bigint()
    for (let i = 0; i < count; i++) snapshot(value, DEFAULT_LIMITS)
    const spent = Number(process.hrtime.bigint() - start) / count
    best = Math.min(best, spent)
  }
  return best
}

for (const [name, value] of Object.entries(VALUES)) {
  measure(value, 20_000)
  const spent = measure(value, 50_000)
  console.log(`${name.padEnd(28)} ${spent.toFixed(0).padStart(7)} ns`)
}

const wide = Object.fromEntries(
  Array.from({ length: 1e6 }, (_, i) => [`key${i}`, i]),
)
console.log(
  `${'1,000,000 keys'.padEnd(28)} ${(measure(wide, 1) / 1e6).toFixed(0).padStart(7)} ms`,
)
