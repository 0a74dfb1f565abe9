import * as bson4 from 'bson4'
import * as bson5 from 'bson5'
import * as bson6 from 'bson6'
import * as bson7 from 'mongodb'
import t from 'tap'
import { snapshot } from '../../src/record/snapshot.ts'

const text = (value: unknown) => JSON.stringify(snapshot(value))

const ID = '64b0000000000000000abcde'

for (const [version, bson] of Object.entries({ bson4, bson5, bson6, bson7 })) {
  t.test(`the types of ${version}`, async t => {
    const bits = bson.Long.fromBits(5, 9) as never
    const uuid = '00112233-4455-4677-8899-aabbccddeeff'
    const cases: [unknown, string][] = [
      [new bson.ObjectId(ID), `{"$oid":"${ID}"}`],
      [bson.Long.fromNumber(-7), '-7'],
      [
        bson.Long.fromString('-9007199254740993'),
        '{"$numberLong":"-9007199254740993"}',
      ],
      [
        bson.Long.fromString('18446744073709551615', true),
        '{"$numberLong":"18446744073709551615"}',
      ],
      [new bson.Int32(3), '3'],
      [new bson.Double(2.5), '2.5'],
      [new bson.Double(Number.NaN), '{"$numberDouble":"NaN"}'],
      [bson.Decimal128.fromString('-1.50'), '{"$numberDecimal":"-1.50"}'],
      [new bson.Timestamp(bits), '{"$timestamp":{"t":9,"i":5}}'],
      [
        new bson.Binary(Buffer.from('abc'), 128),
        '{"$binary":{"base64":"YWJj","subType":"80"}}',
      ],
      [new bson.UUID(uuid), `{"$uuid":"${uuid}"}`],
      [
        new bson.BSONRegExp('^a', 'i'),
        '{"$regularExpression":{"pattern":"^a","options":"i"}}',
      ],
      [new bson.BSONSymbol('s'), '{"$symbol":"s"}'],
      [new bson.Code('f()', { a: 1 }), '{"$code":"f()","$scope":{"a":1}}'],
      [
        new bson.DBRef('c', new bson.ObjectId(ID) as never, 'db'),
        `{"$ref":"c","$id":{"$oid":"${ID}"},"$db":"db"}`,
      ],
      [new bson.MinKey(), '{"$minKey":1}'],
      [new bson.MaxKey(), '{"$maxKey":1}'],
    ]
    for (const [value, expected] of cases) t.equal(text(value), expected)
  })

  t.test(`decimals of ${version} read as the library writes them`, async t => {
    const decimals =
      '0 -0 1 -1.5 0.1 1E+3 1E-7 0.000001 12345678901234567890.123456789 ' +
      '9.999999999999999999999999999999999E+6144 1E-6176 0E+100 NaN Infinity'
    for (const decimal of [...decimals.split(' '), '-Infinity']) {
      const value = bson.Decimal128.fromString(decimal)
      t.equal(text(value), `{"$numberDecimal":"${value.toString()}"}`)
    }
  })

  t.test(`a subclass of an ObjectId of ${version} is one too`, async t => {
    class UserId extends (bson.ObjectId as typeof bson7.ObjectId) {}
    t.equal(text(new UserId(ID)), `{"$oid":"${ID}"}`)
  })
}

t.test('an ObjectID of bson 1 is known by its own data', async t => {
  class ObjectID {
    _bsontype = 'ObjectID'
    id = Buffer.from(ID, 'hex').toString('latin1')
  }
  t.equal(text(new ObjectID()), `{"$oid":"${ID}"}`)
})

t.test('a minified class is known by what its getter returns', async t => {
  class t1 {
    i0 = 0x64b000
    i1 = 0
    i2 = 0
    i3 = 0x0abcde
    get _bsontype() {
      return 'ObjectId'
    }
  }
  t.equal(text(new t1()), '{"$oid":"64b0000000000000000abcde"}')
})

t.test(
  'a _bsontype of the application is not run and not believed',
  async t => {
    let runs = 0
    class Fake {
      low = 'x'
      get _bsontype(): string {
        runs++
        throw new Error('felt')
      }
    }
    t.equal(text(new Fake()), '{"low":"x"}')
    t.equal(text({ _bsontype: 'ObjectId' }), '{"_bsontype":"ObjectId"}')
    t.equal(runs, 0)
  },
)

t.test('data marked as sensitive is masked', async t => {
  t.equal(text(new bson7.Binary(Buffer.from('abc'), 8)), '"***"')
})

t.test('references that refer to themselves end', async t => {
  const reference = new bson7.DBRef('c', new bson7.ObjectId(ID))
  Object.assign(reference, { oid: reference })
  t.match(text(reference), '{"$omitted":"cycle"}')
  let chain: unknown = 1
  for (let i = 0; i < 10_000; i++) {
    chain = new bson7.DBRef('c', chain as bson7.ObjectId)
  }
  t.match(text(chain), '{"$truncated":"depth"}')
})
