import t from 'tap'
import { jsonText } from '../../src/record/json-text.ts'
import { snapshot } from '../../src/record/snapshot.ts'

t.test('a copy is written as JSON.stringify would', async t => {
  const copy = snapshot({
    a: [1, -0.5, 1e21, 1e-7, [], {}],
    'b"\\': { c: null, d: true, e: 'x"\\y' },
    ['__proto__']: 2,
    é: '😀',
    date: new Date(0),
  })
  t.equal(jsonText(copy), JSON.stringify(copy))
})

t.test('what has a prototype is left to JSON.stringify', async t => {
  const value = { at: new Date(0), nested: { toJSON: () => 'x' } }
  t.equal(jsonText(value), JSON.stringify(value))
  t.equal(jsonText([value]), JSON.stringify([value]))
})

t.test('what JSON cannot hold is null or absent', async t => {
  const value = Object.assign(Object.create(null), {
    a: undefined,
    b: [undefined, Number.NaN, () => 1],
  })
  t.equal(jsonText(value), '{"b":[null,null,null]}')
  t.equal(jsonText(2n ** 64n), '18446744073709551616')
})
