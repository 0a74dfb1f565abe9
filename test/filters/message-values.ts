import t from 'tap'
import { replaceValues } from '../../src/filters/message-values.ts'

/** Every value under one of these keys becomes `…`. */
function hide(message: string, ...keys: string[]): string {
  return replaceValues(message, {
    ruleOf: key => (keys.includes(key) ? 0 : Number.POSITIVE_INFINITY),
    replace: () => '…',
  })
}

const MESSAGES: [message: string, key: string, hidden: string][] = [
  [
    'dup key: { user.email: "a, b", \'n\': 17 } x',
    'user.email',
    'dup key: { user.email: "…", \'n\': 17 } x',
  ],
  [
    "dup key: { _id: ObjectId('69'), n: 1 }",
    '_id',
    'dup key: { _id: …, n: 1 }',
  ],
  [
    '{ a: { b: [ 1, "2" ], c: /x y/i }, d: 1 }',
    'a',
    '{ a: { b: [ …, "…" ], c: … }, d: 1 }',
  ],
  ['{ a: { b: 1 }, b: 2 }', 'b', '{ a: { b: … }, b: … }'],
  ['{ "first name": "a b" }', 'first name', '{ "first name": "…" }'],
  ['{ größe: 5 }', 'größe', '{ größe: … }'],
  ['{ : "a", : 1 }', '', '{ : "…", : … }'],
  ["can't have name: Alice's, or b", 'name', "can't have name: …, or b"],
  ['closed ] too often } a: 1', 'a', 'closed ] too often } a: …'],
  ['{ a: "\\"}", b: 1 }', 'a', '{ a: "…", b: 1 }'],
  ['{ a: [ { b: "cut', 'a', '{ a: [ { b: "…"'],
  ['a: 1, b: 2', 'c', 'a: 1, b: 2'],
]

t.test('values of a key are replaced, and all that is in them', async t => {
  for (const [message, key, hidden] of MESSAGES) {
    t.equal(hide(message, key), hidden)
  }
})

t.test('no message takes more than time that grows with it', async t => {
  const units = ['a', '"', "'", '\\"', 'a: ', '{ a:', 'a:a', ' ', 'new ']
  for (const unit of [...units, 'a(', '$', 'a"', ': ', '/', 'a: /', '[{']) {
    hide(unit.repeat(100_000 / unit.length), 'a')
  }
  t.pass('all messages were read')
})
