import type { AnyBulkWriteOperation, Collection, MongoClient } from 'mongodb'
import { createRow, type Row } from './contestant.ts'

/** One operation of an application. */
export interface Call {
  /**
   * How many make a block: as many as take about 100 ms, after which an
   * application's batch is written too; each block writes one at its end.
   */
  readonly block: number
  /** Documents that must be there. */
  readonly documents: number
  /** How many run at the same time. @default 1 */
  readonly atOnce?: number
  run(rows: Collection<Row>, i: number, client: MongoClient): Promise<unknown>
}

let next = 0
const newId = () => `new ${next++}`

const SCANNED = 100_000

/** Everything that is measured, by its name. */
export function createCalls(): Readonly<Record<string, Call>> {
  return {
    findOne: {
      block: 200,
      documents: 100,
      run: (rows, i) => rows.findOne({ _id: i % 100 }),
    },
    'findOne, 32 at a time': {
      block: 320,
      documents: 100,
      atOnce: 32,
      run: (rows, i) => rows.findOne({ _id: i % 100 }),
    },
    'find of 20': {
      block: 100,
      documents: 100,
      run: rows => rows.find({ _id: { $lt: 20 } }).toArray(),
    },
    insertOne: {
      block: 200,
      documents: 100,
      run: rows => rows.insertOne(createRow(newId())),
    },
    updateOne: {
      block: 200,
      documents: 100,
      run: (rows, i) =>
        rows.updateOne({ _id: i % 100 }, { $set: { total: i } }),
    },
    aggregate: {
      block: 100,
      documents: 100,
      run: (rows, i) =>
        rows.aggregate([{ $match: { _id: i % 100 } }]).toArray(),
    },
    'bulkWrite of 100': {
      block: 20,
      documents: 100,
      run: rows => rows.bulkWrite(Array.from({ length: 100 }, updateOf)),
    },
    'insertMany of 1,000': {
      block: 10,
      documents: 100,
      run: rows =>
        rows.insertMany(Array.from({ length: 1000 }, () => createRow(newId()))),
    },
    scan: { block: 1, documents: SCANNED, run: scan },
  }
}

function updateOf(_: unknown, i: number): AnyBulkWriteOperation<Row> {
  return { updateOne: { filter: { _id: i }, update: { $set: { total: i } } } }
}

/** Every document, one by one, in batches of the default size. */
async function scan(rows: Collection<Row>): Promise<number> {
  let seen = 0
  for await (const row of rows.find()) if (row.total > 0) seen++
  return seen
}
