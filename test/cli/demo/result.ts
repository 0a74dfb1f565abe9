import t from 'tap'
import {
  describeCall,
  describeDuration,
  describeRequest,
  describeResult,
} from '../../../src/cli/demo/result.ts'

t.test('a call is named as it stands in code', async t => {
  const find = { DB: 'shop', Collection: 'orders', Operation: 'find' }
  t.equal(describeCall(find), 'orders.find')
  t.equal(describeCall({ DB: 'shop', Operation: 'command' }), 'db.command')
  t.equal(describeCall({ Operation: 'close' }), 'client.close')
})

t.test('counts are told in words, and zeros are not', async t => {
  const counts = { MatchedCount: 3, ModifiedCount: 1, DeletedCount: 0 }
  t.equal(describeResult(counts), '3 matched, 1 modified')
  t.equal(describeResult({ ...counts, MatchedCount: 1 }), '1 modified')
  t.equal(
    describeResult({ Operation: 'insertOne', InsertedCount: 1 }),
    '1 inserted',
  )
  t.equal(describeResult({ Operation: 'drop' }), '')
})

t.test('what a read counted is told in its own word', async t => {
  t.equal(describeResult({ Operation: 'findOne', MatchedCount: 0 }), '0 found')
  t.equal(
    describeResult({ Operation: 'distinct', MatchedCount: 4 }),
    '4 values',
  )
})

t.test('a cursor tells what was read, or how early it was closed', async t => {
  const cursor = { MatchedCount: 450, ReturnedCount: 450, Batches: 4 }
  t.equal(describeResult(cursor), '450 read in 4 batches')
  t.equal(describeResult({ ...cursor, Batches: 1 }), '450 read')
  const closed = { ...cursor, ReturnedCount: 7, EndReason: 'closed' }
  t.equal(describeResult(closed), 'closed: 7 of 450')
})

t.test('what has not ended is no success', async t => {
  const open = { Operation: 'createIndex', Outcome: 'unknown' }
  t.equal(describeResult({ ...open, Iteration: 0 }), 'still open')
  t.equal(describeResult({ ...open, Iteration: 'final' }), 'its end is unknown')
  const cursor = { ...open, Operation: 'find', MatchedCount: 101, Batches: 1 }
  t.equal(describeResult({ ...cursor, Iteration: 1 }), '101 read, still open')
})

t.test('a failure tells its code and message instead', async t => {
  const failure = {
    Outcome: 'failure',
    ErrorCode: 11000,
    ErrorMessage: 'E11000 twice',
    Filter: { a: 1 },
  }
  t.equal(describeResult(failure), 'failed: 11000')
  t.equal(describeRequest(failure), 'E11000 twice')
  const { ErrorCode: _, ...own } = failure
  t.equal(
    describeResult({ ...own, ErrorType: 'MongoParseError' }),
    'failed: MongoParseError',
  )
})

t.test('filter and update stand side by side', async t => {
  const record = { Filter: { sku: 'A' }, Update: { $inc: { stock: -1 } } }
  t.equal(describeRequest(record), '{"sku":"A"} → {"$inc":{"stock":-1}}')
})

t.test('nothing in a record can command the terminal', async t => {
  const failure = { Outcome: 'failure', ErrorMessage: 'a\x1b[31mb\n\u202ec' }
  t.equal(describeRequest(failure), 'a·[31mb··c')
})

t.test('durations below a second are in milliseconds', async t => {
  t.equal(describeDuration(0.00314), '3.1 ms')
  t.equal(describeDuration(0.9999), '999.9 ms')
  t.equal(describeDuration(1), '1.00 s')
  t.equal(describeDuration(undefined), '')
})
