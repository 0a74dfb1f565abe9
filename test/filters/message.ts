import t from 'tap'
import { maskMessage } from '../../src/filters/message.ts'

const MASKED: [message: string, masked: string][] = [
  ['no document in it, 17 words', 'no document in it, 17 words'],
  ['key "alice" isn\'t there', 'key "xxxxx" isn\'t there'],
  [
    'dup key: { n: 17, d: new Date(1700000000000) }',
    'dup key: { n: 0, d: new Date(0) }',
  ],
  [
    "{ _id: ObjectId('6926b3a0'), r: /al.*ce/, t: true }",
    "{ _id: ObjectId('xxxxxxxx'), r: xxxxxxxx, t: xxxx }",
  ],
  ['{ "a": "b" , c: { d: "e f" } }', '{ "x": "x" , c: { d: "xxx" } }'],
  ['cut in a text: { a: "alice@exa', 'cut in a text: { a: "xxxxxxxxx"'],
]

t.test('values of a message are hidden, keys and words stay', async t => {
  for (const [message, masked] of MASKED) {
    t.equal(maskMessage(message), masked)
  }
})

t.test('no message takes more than time that grows with it', async t => {
  const units = [
    'a',
    '"',
    "'",
    '\\"',
    'a: ',
    '{ a:',
    'a:a',
    ' ',
    'new ',
    'a(',
    '$',
    'a"',
    ': ',
  ]
  for (const unit of units) {
    const message = unit.repeat(100_000 / unit.length)
    maskMessage(`{${message}`)
  }
  t.pass('all messages were read')
})
