import fc from 'fast-check'
import t from 'tap'
import { DEFAULT_LIMITS } from '../../src/record/limits.ts'
import { snapshot } from '../../src/record/snapshot.ts'

const anything = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  withObjectString: true,
  withSparseArray: true,
  withTypedArray: true,
  withUnicodeString: true,
  maxDepth: 5,
})

t.test('whatever the value, the copy is JSON and bounded', async () => {
  fc.assert(
    fc.property(anything, value => {
      const text = JSON.stringify(snapshot(value))
      return text !== undefined && text.length < 6 * DEFAULT_LIMITS.bytes
    }),
    { numRuns: 2000 },
  )
})

t.test('whatever JSON can hold is copied without a change', async () => {
  const limits = { depth: 99, keys: 1e4, array: 1e4, string: 1e6, bytes: 1e8 }
  const key = fc
    .string()
    .filter(name => !/pass|pwd|secret|token|key|cv|otp|jwt/i.test(name))
  const value = fc.jsonValue({ stringUnit: 'binary' })
  fc.assert(
    fc.property(fc.dictionary(key, value), document => {
      const copy = JSON.stringify(snapshot(document, limits))
      return copy === JSON.stringify(document)
    }),
    { numRuns: 2000 },
  )
})

t.test('no secret survives, whatever is around it', async () => {
  const secret = 'hunter2-correct-horse'
  const leaf = fc.oneof(
    fc.constant({ password: secret }),
    fc.constant({ 'user.apiKey': { $in: [secret] } }),
    fc.constant(new Map([['Authorization', secret]])),
    fc.constant([['token', secret]]),
    fc.constant({ uri: `mongodb://user:${secret}@host` }),
    fc.constant({ k: 'pwd', v: secret }),
  )
  const { tree } = fc.letrec(tie => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(fc.string(), tie('tree'), { maxKeys: 3 }),
    ),
  }))
  fc.assert(
    fc.property(
      tree,
      value => !JSON.stringify(snapshot(value)).includes(secret),
    ),
    { numRuns: 2000 },
  )
})
