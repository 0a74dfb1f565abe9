import mongoose, { Schema } from 'mongoose'
import t from 'tap'
import { snapshot } from '../../src/record/snapshot.ts'

const ID = '64b0000000000000000abcde'

function felt(): never {
  throw new Error('the schema’s code was run')
}

const schema = new Schema(
  {
    name: { type: String, get: felt },
    password: String,
    born: Date,
    address: new Schema({ city: { type: String, get: felt } }, { _id: false }),
    labels: { type: Map, of: String },
    data: Buffer,
    tags: [String],
    lines: [new Schema({ n: Number }, { _id: false })],
  },
  { toJSON: { getters: true, virtuals: true, transform: felt } },
)
schema.virtual('upper').get(felt)
const User = mongoose.model('User', schema)

t.test('a document is its stored values', async t => {
  const user = new User({
    _id: ID,
    name: 'Ann',
    password: 'hunter2',
    born: new Date(0),
    address: { city: 'Rome' },
    labels: { a: 'b' },
    data: Buffer.from('abc'),
    tags: ['x', 'y'],
    lines: [{ n: 1 }],
  })
  t.strictSame(JSON.parse(JSON.stringify(snapshot({ user }))), {
    user: {
      name: 'Ann',
      password: '***',
      born: { $date: '1970-01-01T00:00:00.000Z' },
      address: { city: 'Rome' },
      labels: { a: 'b' },
      data: { $binary: { base64: 'YWJj', subType: '00' } },
      tags: ['x', 'y'],
      lines: [{ n: 1 }],
      _id: { $oid: ID },
    },
  })
})

t.test('the arrays of an update that mongoose has cast', async t => {
  const update = User.updateOne(
    {},
    { $set: { tags: ['x'], lines: [{ n: '1' }] } },
  )
  const cast = update.model.castObject({ tags: ['x'], lines: [{ n: '1' }] })
  t.equal(JSON.stringify(snapshot(cast)), '{"tags":["x"],"lines":[{"n":1}]}')
})
