import t from 'tap'
import { DEFAULT_LIMITS } from '../../src/record/limits.ts'
import { AuditRecord } from '../../src/record/record.ts'
import { COLLECTION } from '../../src/watchers/collection-operations.ts'
import { Operation } from '../../src/watchers/operation.ts'
import type { WatcherRules } from '../../src/watchers/watcher-settings.ts'
import { RULES } from '../fixtures/watch.ts'

function operation(name: string, rules: Partial<WatcherRules> = {}): Operation {
  const spec = COLLECTION[name]
  if (spec === undefined) throw new Error(name)
  return new Operation(name, spec, { ...RULES, ...rules })
}

const blank = (name: string) =>
  new AuditRecord('mongowatch.collection', name, 'id', new Date(0))

function read(
  name: string,
  args: unknown[],
  result: unknown,
  rules: Partial<WatcherRules> = {},
): AuditRecord {
  const record = blank(name)
  const compiled = operation(name, rules)
  compiled.readArguments(record, args)
  compiled.readResult(record, result, args)
  return record
}

t.test('arguments go to their fields', async t => {
  t.match(
    read('updateOne', [{ a: 1 }, { $set: { b: 2 } }, { upsert: true }], {}),
    {
      Filter: { a: 1 },
      Update: { $set: { b: 2 } },
      Options: { upsert: true },
    },
  )
})

t.test('a callback in the last place is no argument', async t => {
  const record = read('findOne', [() => {}], null)
  t.equal(record.Filter, undefined)
  t.equal(record.MatchedCount, 0)
})

t.test('documents are counted, never copied', async t => {
  const secret = { card: '4111' }
  const text = JSON.stringify([
    read('insertOne', [secret], { acknowledged: true }),
    read('insertMany', [[secret, secret]], { insertedCount: 2 }),
    read('replaceOne', [{ _id: 1 }, secret], { modifiedCount: 1 }),
    read('bulkWrite', [[{ insertOne: { document: secret } }]], {}),
  ])
  t.notMatch(text, /4111/)
})

t.test('an unacknowledged write has no counts', async t => {
  const record = read('deleteMany', [{}], {
    acknowledged: false,
    deletedCount: 0,
  })
  t.equal(record.DeletedCount, undefined)
})

t.test('findOneAndX counts with and without the metadata', async t => {
  t.match(read('findOneAndUpdate', [{}, {}], { _id: 1 }), {
    MatchedCount: 1,
    ModifiedCount: 1,
  })
  t.match(read('findOneAndUpdate', [{}, {}], null), { MatchedCount: 0 })
  t.match(
    read('findOneAndUpdate', [{}, {}], {
      value: null,
      lastErrorObject: { n: 1, updatedExisting: false, upserted: 7 },
      ok: 1,
    }),
    { MatchedCount: 0, UpsertedCount: 1 },
  )
  t.match(
    read('findOneAndDelete', [{}], {
      value: { _id: 1 },
      lastErrorObject: { n: 1 },
      ok: 1,
    }),
    { DeletedCount: 1 },
  )
})

t.test(
  'an upsert that gives the new document may be a match or not',
  async t => {
    const record = read(
      'findOneAndUpdate',
      [{}, {}, { upsert: true, returnDocument: 'after' }],
      { _id: 1 },
    )
    t.equal(record.MatchedCount, undefined)
    t.equal(record.UpsertedCount, undefined)
  },
)

t.test('rules move arguments to other fields', async t => {
  const operations = {
    insertMany: { docs: { to: 'InsertedCount', cast: 'length' } },
    insertOne: { _result: { to: 'InsertedCount', value: 1 } },
    findOne: { _result: { to: 'MatchedCount', cast: 'one_if_not_null' } },
    replaceOne: { replacement: { to: 'Update' } },
    deleteOne: { filter: { to: null } },
  }
  const rules = { operations }
  t.equal(read('insertMany', [[1, 2, 3]], {}, rules).InsertedCount, 3)
  t.equal(read('insertOne', [{}], undefined, rules).InsertedCount, 1)
  t.equal(read('findOne', [{}], null, rules).MatchedCount, 0)
  t.same(read('replaceOne', [{}, { a: 1 }], {}, rules).Update, { a: 1 })
  t.equal(read('deleteOne', [{ a: 1 }], {}, rules).Filter, undefined)
})

t.test('what a field cannot hold goes where it goes otherwise', async t => {
  const operations = {
    updateOne: {
      filter: { cast: 'string' },
      update: { to: 'DB' },
      _result: { to: 'MatchedCount', value: { a: 1 } },
    },
    countDocuments: { _result: { to: 'MatchedCount', cast: 'length' } },
    deleteOne: { _result: { to: null } },
  } as const
  const rules = { operations }
  const result = { acknowledged: true, matchedCount: 1, modifiedCount: 0 }
  const update = read(
    'updateOne',
    [{ a: 1 }, { $set: { b: 2 } }],
    result,
    rules,
  )
  t.match(update, {
    Filter: { a: 1 },
    Update: { $set: { b: 2 } },
    MatchedCount: 1,
    Options: undefined,
  })
  t.equal(read('countDocuments', [{}], 5, rules).MatchedCount, 5)
  const deleted = { acknowledged: true, deletedCount: 1 }
  t.equal(read('deleteOne', [{}], deleted, rules).DeletedCount, undefined)
})

t.test(
  'arguments without a rule are left out, or go where one says',
  async t => {
    t.equal(read('insertOne', [{ a: 1 }], {}).Options, undefined)
    const rules = { undefinedArguments: {} }
    t.match(read('insertOne', [{ a: 1 }], {}, rules).Options, {
      document: { a: 1 },
    })
  },
)

t.test('bounds of the configuration apply', async t => {
  const limits = { ...DEFAULT_LIMITS, string: 3 }
  const record = read('findOne', [{ a: 'abcdef' }], null, { limits })
  t.notMatch(JSON.stringify(record.Filter), /abcdef/)
})
