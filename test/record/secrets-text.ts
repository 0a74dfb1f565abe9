import t from 'tap'
import { maskText } from '../../src/record/secrets-text.ts'
import { maskMessage } from '../../src/record/snapshot.ts'

t.test('what looks like a secret is masked', async t => {
  const cases: [string, string][] = [
    ['mongodb://u:p@host/db', 'mongodb://u:***@host/db'],
    ['mongodb+srv://u:p@ss/w@host', 'mongodb+srv://u:***@host'],
    ['at "redis://:pw@host", done', 'at "redis://:***@host", done'],
    ["mongodb://u:it's-secret@host/db", 'mongodb://u:***@host/db'],
    ['password: "a b\\"c" x', 'password: *** x'],
    ["{ token: 'abc', n: 1 }", '{ token: ***, n: 1 }'],
    ['{"apiKey":"abc"}', '{"apiKey":***}'],
    [
      'dup key: { user.password: { a: "}" } }',
      'dup key: { user.password: *** }',
    ],
    ['url?token=abc&x=1', 'url?token=***&x=1'],
    ['Authorization: Bearer abc.def', 'Authorization: ***'],
    ['token: Bearer abc.def failed', 'token: *** failed'],
    ['Cookie: a=b; c=d\nnext', 'Cookie: ***\nnext'],
    ['password: "never closed', 'password: ***'],
    ['secrets: [1, "]", 2] x', 'secrets: *** x'],
  ]
  for (const [message, expected] of cases) {
    t.equal(maskText(message), expected)
  }
})

t.test('other messages stay as they are', async t => {
  const messages = [
    'E11000 duplicate key error collection: a.b index: email_1 dup key: { email: "a@b.c" }',
    'connect ECONNREFUSED mongodb://127.0.0.1:27017',
    'see https://host/path:x@y',
    'tokenCount: 5',
    '',
  ]
  for (const message of messages) t.equal(maskText(message), message)
})

t.test('a message is cut, and a secret at the cut is masked', async t => {
  const limits = { string: 20 }
  t.equal(maskMessage('x'.repeat(20), limits), 'x'.repeat(20))
  t.equal(maskMessage('x'.repeat(21), limits), `${'x'.repeat(20)}…(+1)`)
  t.equal(
    maskMessage('mongodb://user:hunter2@host', limits),
    'mongodb://user:***…(+7)',
  )
  t.equal(
    maskMessage('password: "hunter2 hunter2"', limits),
    'password: ***…(+7)',
  )
})

t.test('text made to be slow is not', async t => {
  const size = 1e6
  for (const unit of ['://a:', 'password: ', 'a.', '{ token: {', '"', "a='"]) {
    maskText(unit.repeat(size / unit.length))
  }
  t.pass('all texts of a million units were read in the time of a test')
})
