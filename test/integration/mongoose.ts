import t from 'tap'
import { compare, type Format } from '../fixtures/differential.ts'
import { packagePath } from '../fixtures/packages.ts'
import type { RunResult } from '../fixtures/run.ts'
import { useServer } from '../fixtures/server.ts'

/** The newest of each major, each with a driver of its own. */
const VERSIONS = { '7.8.13': '5', '8.24.10': '6', '9.12.1': '7' }

const COUNTS = [
  'MatchedCount',
  'ModifiedCount',
  'InsertedCount',
  'DeletedCount',
]

/** Of the collection of books; what begins each program is left out. */
const OPERATIONS = [
  ['insertOne', 'success', 1],
  ['updateOne', 'success', { _id: 4, __v: 0 }, 1, 1],
  ['deleteOne', 'success', { _id: 4 }, 1],
  ['findOne', 'success', { _id: 2 }, 1],
  ['insertOne', 'failure'],
  ['findOne', 'success', { _id: 1 }, 1],
  ['updateOne', 'success', { _id: 1 }, 1, 1],
  ['updateOne', 'success', { _id: 1, __v: 0 }, 0, 0],
  ['find', 'success', { pages: { $gt: 60 } }, 2],
  ['find', 'success', {}, 2],
  ['findOne', 'success', { title: 'A' }, 1],
  ['findOne', 'success', { _id: 2 }, 1],
  ['find', 'success', {}, 3],
  ['countDocuments', 'success', { pages: { $gt: 60 } }, 2],
  ['estimatedDocumentCount', 'success', 3],
  ['distinct', 'success', { key: 'pages', query: {} }, 3],
  ['findOne', 'success', { _id: 1 }, 1],
  ['findOne', 'success', { _id: 9 }, 0],
  ['updateMany', 'success', {}, 3, 3],
  ['findOneAndUpdate', 'success', { _id: 1 }, 1, 1],
  ['findOneAndDelete', 'success', { _id: 3 }, 1, 1],
  ['deleteMany', 'success', {}, 2],
  [
    'aggregate',
    'success',
    { $group: { _id: '$author', pages: { $sum: '$pages' } } },
    { $sort: { _id: 1 } },
    2,
  ],
  [
    'aggregate',
    'success',
    { $group: { _id: '$author', pages: { $sum: '$pages' } } },
    { $sort: { _id: 1 } },
    2,
  ],
  ['find', 'success', {}, 3],
  ['find', 'success', {}, 3],
  ['find', 'success', {}, 2],
  ['aggregate', 'failure', { $bad: 1 }, 0],
  ['find', 'success', {}, 3],
  [
    'bulkWrite',
    'success',
    { updateOne: { _id: 1 } },
    { deleteOne: { _id: 2 } },
    1,
    1,
    1,
    1,
  ],
  [
    'bulkWrite',
    'failure',
    { updateOne: { _id: 1 } },
    { deleteOne: { _id: 2 } },
    0,
    0,
    0,
    0,
  ],
  ['insertMany', 'failure', 0, 0, 1, 0],
  ['find', 'success', {}, 4],
  [
    'bulkWrite',
    'success',
    { updateOne: { _id: 1, __v: 0 } },
    { updateOne: { _id: 3, __v: 0 } },
    { updateOne: { _id: 7, __v: 0 } },
    { updateOne: { _id: 9, __v: 0 } },
    4,
    4,
    0,
    0,
  ],
  ['insertOne', 'success', 1],
  ['countDocuments', 'success', {}, 4],
  ['updateOne', 'success', { _id: 1 }, 1, 1],
  ['find', 'success', {}, 4],
  ['updateOne', 'success', { _id: 1 }, 1, 1],
  ['watch', 'success', 1],
  ['listIndexes', 'success', 2],
  ['listIndexes', 'success', 2],
  ['listIndexes', 'success', 2],
  ['dropCollection', 'success'],
]

const FORMATS: readonly Format[] = ['cjs', 'esm']

t.setTimeout(300_000)

for (const [version, driver] of Object.entries(VERSIONS)) {
  t.test(`mongoose ${version} is the same with the mask`, async t => {
    const { uri } = await useServer(t)
    const path = await packagePath('mongoose', version)
    for (const format of FORMATS) {
      await t.test(format, async t => {
        const programs = '^mongoose'
        const application = { packagePath: path, uri, format, programs }
        const { difference, bare, masked, records } = await compare(
          t,
          application,
        )
        t.equal(difference, '')
        t.equal(bare.code, 0, bare.stderr)
        t.notMatch(bare.stdout, 'the program failed')
        t.match(drivers(masked), [new RegExp(`^${driver}\\.`)])
        await t.test('and its operations are recorded', async t =>
          t.same(shown(records), OPERATIONS),
        )
      })
    }
  })
}

function drivers({ records }: RunResult): unknown[] {
  return records
    .filter(record => record.Operation === '$start')
    .map(record => (record.Driver ?? record.driver) as string)
}

function shown(records: RunResult['records']): unknown[] {
  return records
    .filter(record => record.Collection === 'books')
    .filter(
      ({ Operation }) => !/^create(Collection|Index)$/.test(`${Operation}`),
    )
    .map(record => [
      record.Operation,
      record.Outcome,
      ...['Filter', ...COUNTS].flatMap(name => record[name] ?? []),
    ])
    .filter(row => row.join() !== 'insertMany,success,3')
}
