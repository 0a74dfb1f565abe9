import t from 'tap'
import { isSecretKey } from '../../src/record/secrets.ts'
import { snapshot, snapshotNamed } from '../../src/record/snapshot.ts'

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
