import type { AnyBulkWriteOperation, Collection, MongoClient } from 'mongodb'
import { type Asked, createRow, type Row } from './contestant.ts'

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
  /** What a line that is written by hand would say of it. */
  asked(i: number): Asked
}

/** What has a target of its own, and is measured with all contestants. */
export const CORE = ['findOne', 'insertOne', 'updateOne']

let next = 0
const newId = () => `new ${next++}`

/**
 * A tenth of what the target speaks of: two by turns then share what the
 * machine does beside it, and the one record weighs ten times as much.
 */
const SCANNED = 10_000
/** The name of a scan of them, and of one of them all. */
export const SCAN = 'scan of 10,000'
export const LONG_SCAN = 'scan of 100,000'

/** Everything that is measured, by its name. */
export function createCalls(): Readonly<Record<string, Call>> {
  return {
    findOne: {
      block: 200,
      documents: 100,
      run: (rows, i) => rows.findOne({ _id: i % 100 }),
      asked: i => ({ operation: 'findOne', filter: { _id: i % 100 } }),
    },
    'findOne, 32 at a time': {
      block: 320,
      documents: 100,
      atOnce: 32,
      run: (rows, i) => rows.findOne({ _id: i % 100 }),
      asked: i => ({ operation: 'findOne', filter: { _id: i % 100 } }),
    },
    'find of 20': {
      block: 100,
      documents: 100,
      run: rows => rows.find({ _id: { $lt: 20 } }).toArray(),
      asked: () => ({ operation: 'find', filter: { _id: { $lt: 20 } } }),
    },
    insertOne: {
      block: 200,
      documents: 100,
      run: rows => rows.insertOne(createRow(newId())),
      asked: () => ({ operation: 'insertOne' }),
    },
    updateOne: {
      block: 200,
      documents: 100,
      run: (rows, i) =>
        rows.updateOne({ _id: i % 100 }, { $set: { total: i } }),
      asked: i => ({ operation: 'updateOne', filter: { _id: i % 100 } }),
    },
    aggregate: {
      block: 100,
      documents: 100,
      run: (rows, i) =>
        rows.aggregate([{ $match: { _id: i % 100 } }]).toArray(),
      asked: i => ({
        operation: 'aggregate',
        filter: [{ $match: { _id: i % 100 } }],
      }),
    },
    'bulkWrite of 100': {
      block: 20,
      documents: 100,
      run: rows => rows.bulkWrite(Array.from({ length: 100 }, updateOf)),
      asked: () => ({
        operation: 'bulkWrite',
        filter: UPDATES.map(selectorOf),
      }),
    },
    'insertMany of 1,000': {
      block: 10,
      documents: 100,
      run: rows =>
        rows.insertMany(Array.from({ length: 1000 }, () => createRow(newId()))),
      asked: () => ({ operation: 'insertMany' }),
    },
    [SCAN]: scanOf(SCANNED),
    [LONG_SCAN]: scanOf(10 * SCANNED),
  }
}

function updateOf(_: unknown, i: number): AnyBulkWriteOperation<Row> {
  return { updateOne: { filter: { _id: i }, update: { $set: { total: i } } } }
}

/** What such operations select, as it stands in a record. */
const UPDATES = Array.from({ length: 100 }, (_, i) => ({ filter: { _id: i } }))

function selectorOf({ filter }: { filter: object }): object {
  return { updateOne: filter }
}

function scanOf(documents: number): Call {
  const asked = () => ({ operation: 'find', filter: {} })
  return { block: 1, documents, run: scan, asked }
}

/** Every document, one by one, in batches of the default size. */
async function scan(rows: Collection<Row>): Promise<number> {
  let seen = 0
  for await (const row of rows.find()) if (row.total > 0) seen++
  return seen
}
