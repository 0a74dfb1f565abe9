import t from 'tap'
import { hideBoundSecrets } from '../../src/record/bound-secrets.ts'
import { isSecretKey } from '../../src/record/secrets.ts'
import { snapshot, snapshotNamed } from '../../src/record/snapshot.ts'
import { auditRecord } from '../fixtures/audit-record.ts'

const text = (value: unknown) => JSON.stringify(snapshot(value))

t.test('keys whose values are masked', async t => {
  const keys =
    'password PASSWORD passwd pwd pwd2 secret token apiKey api_key apikey ' +
    'X-Api-Key APIKey authorization cookie Set-Cookie privateKey private_key ' +
    'credential credentials accessToken accesstoken refresh_token userPassword ' +
    'newpassword password_hash hashedPassword clientSecret passphrase jwt ' +
    'secretAccessKey $password user.password tokens.0.value otp'
  for (const key of keys.split(' ')) t.equal(isSecretKey(key), true, key)
})

t.test('keys that only sound like it', async t => {
  const keys =
    'name key keyword author authority passport compass tokenCount token_type ' +
    'totalTokens passwordChangedAt secretary cookieDate credentialType ' +
    'bypassed monkey publicKey secretName'
  for (const key of keys.split(' ')) t.equal(isSecretKey(key), false, key)
})

t.test('a secret is masked wherever it is', async t => {
  const cases: [unknown, string][] = [
    [{ password: 'x' }, '{"password":"***"}'],
    [{ 'user.password': 'x' }, '{"user.password":"***"}'],
    [{ password: { $in: ['x'] } }, '{"password":"***"}'],
    [{ $set: { apiKey: 'x' } }, '{"$set":{"apiKey":"***"}}'],
    [[{ $match: { token: 'x' } }], '[{"$match":{"token":"***"}}]'],
    [new Map([['token', 'x']]), '{"token":"***"}'],
    [[['password', 'x']], '[["password","***"]]'],
    [{ $eq: ['$password', 'x'] }, '{"$eq":["$password","***"]}'],
    [{ $eq: ['x', '$password'] }, '{"$eq":["***","$password"]}'],
    [{ $eq: ['$password', '$2b$10$x'] }, '{"$eq":["$password","***"]}'],
    [{ $eq: ['$2b$10$x', '$password'] }, '{"$eq":["***","$password"]}'],
    [{ 'apiKey.key': 'x' }, '{"apiKey.key":"***"}'],
    [
      { $set: { 'oauth.token.name': 'x' } },
      '{"$set":{"oauth.token.name":"***"}}',
    ],
    [{ k: 'password', v: 'x' }, '{"k":"password","v":"***"}'],
    [{ value: 'x', name: 'token' }, '{"value":"***","name":"token"}'],
    [{ $where: 'this.password == "x"' }, '{"$where":"this.password == ***"}'],
    [
      { url: 'mongodb://user:x@host/db' },
      '{"url":"mongodb://user:***@host/db"}',
    ],
  ]
  for (const [value, expected] of cases) t.equal(text(value), expected)
})

t.test('projections and sorts of a secret stay readable', async t => {
  const options = {
    projection: { password: 0, token: true },
    sort: { pwd: -1 },
  }
  t.equal(text(options), JSON.stringify(options))
  t.equal(text({ token: null }), '{"token":null}')
})

t.test('a value with a name is masked by that name', async t => {
  t.equal(snapshotNamed('password', { a: 1 }), '***')
  t.equal(snapshotNamed('token', 0), 0)
  t.strictSame(snapshotNamed('value', 'x'), 'x')
  t.equal(snapshotNamed('name', 'x'), 'x')
})

const S = 'S3CRET'
const COMPARED: readonly unknown[] = [
  { $expr: { $regexMatch: { input: '$password', regex: S } } },
  { $expr: { $eq: [{ $toLower: '$user.password' }, S] } },
  { $expr: { $eq: [{ $getField: 'password' }, S] } },
  { $expr: { $eq: [{ $getField: { field: 'password' } }, S] } },
  { $expr: { $let: { vars: { v: S }, in: { $eq: ['$password', '$$v'] } } } },
  { $expr: { $eq: [{ $cond: [{ $eq: ['$a', 1] }, '$password', '$b'] }, S] } },
  { $expr: { $eq: [{ $ifNull: ['$password', ''] }, S] } },
  { $expr: { $in: ['$password', [S]] } },
  { $expr: { $function: { body: `x => x == '${S}'`, args: ['$password'] } } },
  { 'attrs.k': 'password', 'attrs.v': S },
  { attrs: { $elemMatch: { k: { $eq: 'password' }, v: { $in: [S] } } } },
  [{ $bucket: { groupBy: '$password', boundaries: [S, `${S}z`], default: S } }],
  [{ $search: { text: { path: 'password', query: S } } }],
  [{ $search: { queryString: { defaultPath: 'password', query: S } } }],
  [{ $graphLookup: { startWith: S, connectToField: 'password' } }],
  { comment: `shown, password: ${S}` },
]

for (const value of COMPARED) {
  t.test(`the secret in ${JSON.stringify(value)}`, async t => {
    t.notMatch(text([value, 'shown']), S)
    t.match(text([value, 'shown']), 'shown')
  })
}

t.test('names of variables and fields stay beside a secret', async t => {
  t.equal(
    text({ $expr: { $eq: ['$password', '$$v'] } }),
    '{"$expr":{"$eq":["$password","$$v"]}}',
  )
  t.equal(text({ name: 'x', key: { a: 1 } }), '{"name":"x","key":{"a":1}}')
  t.equal(
    text({ $eq: [{ $getField: 'password' }, { $literal: '$x' }] }),
    '{"$eq":[{"$getField":"password"},{"$literal":"***"}]}',
  )
})

t.test('what is compared with no secret stays beside one', async t => {
  const values = [
    { $expr: { $gt: [{ $size: '$tokens' }, 5] } },
    [
      {
        $lookup: {
          from: 'users',
          pipeline: [
            { $match: { status: 'open' } },
            { $project: { hash: '$token' } },
            { $limit: 10 },
          ],
        },
      },
    ],
  ]
  for (const value of values) t.equal(text(value), JSON.stringify(value))
})

t.test('a comment is searched under its own name, too', async t => {
  t.equal(snapshotNamed('comment', `password: ${S}`), 'password: ***')
})

t.test('what arrayFilters compare with a secret is masked', async t => {
  const record = auditRecord({
    Update: snapshot({ $set: { 'apiKeys.$[k]': 'new', 'tokens.$[t].at': 1 } }),
    Options: snapshot({
      arrayFilters: [{ k: S }, { $or: [{ 't.value': S }, { x: 'shown' }] }],
    }),
  })
  hideBoundSecrets(record)
  t.equal(
    JSON.stringify(record.Options),
    '{"arrayFilters":[{"k":"***"},{"$or":[{"t.value":"***"},{"x":"shown"}]}]}',
  )
})
