import t from 'tap'
import { HIDDEN } from '../../src/filters/mask-value.ts'
import { createRedact, type RedactOptions } from '../../src/filters/redact.ts'
import type { AuditRecord } from '../../src/record/record.ts'
import { auditRecord, deepFreeze } from '../fixtures/audit-record.ts'

function redact(
  options: RedactOptions | RedactOptions['rules'],
  fields: Partial<AuditRecord>,
): AuditRecord {
  const settings = 'rules' in options ? options : { rules: options }
  const record = deepFreeze(auditRecord(fields))
  return createRedact('private', settings).apply(record) || record
}

/** As JSON: the copies have no prototype. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value) ?? 'null')
}

const PERSON = {
  email: 'alice@example.org',
  'address.street': 'Main St 1',
  phones: [{ phone: '+49 170 1234567' }],
  age: { $gte: 30 },
  _id: { $oid: '6926b3a0c0ffee0000000001' },
  born: { $date: '1990-01-01T00:00:00Z' },
}

t.test('a path hides what is under it', async t => {
  const { Filter } = redact(
    [
      {
        paths: ['Filter.email', 'Filter.**.phone', 'Filter.address'],
        action: 'type',
      },
    ],
    { Filter: { $or: [PERSON] } },
  )
  t.strictSame(plain(Filter), {
    $or: [
      {
        ...PERSON,
        email: '?string',
        'address.street': '?string',
        phones: [{ phone: '?string' }],
      },
    ],
  })
})

t.test('each action does what it says', async t => {
  // the hash: openssl dgst -sha256 -hmac k -binary | base64, as base64url
  const results = {
    mask: 'xxxxxxxxxxxxxxxxx',
    type: '?string',
    hash: 'Kb6wyI2KSVlDeEb2',
    truncate: 'alice@ex…',
    keep: 'alice@example.org',
    partial: 'xxxxxxxxxxxxx.org',
  } as const
  for (const [action, expected] of Object.entries(results)) {
    const { Filter } = redact(
      { rules: [{ keys: ['email'], action: action as 'mask' }], key: 'k' },
      { Filter: { email: 'alice@example.org' } },
    )
    t.strictSame(plain(Filter), { email: expected }, action)
  }
})

t.test('drop takes the key away, and what held nothing else', async t => {
  const { Filter } = redact(
    [{ paths: ['Filter.profile'], keys: ['ssn'], action: 'drop' }],
    {
      Filter: {
        profile: { a: 1, b: [2] },
        user: { ssn: '1', n: 1 },
        m: { ssn: 2 },
      },
    },
  )
  t.strictSame(plain(Filter), { user: { n: 1 }, m: {} })
})

t.test('types are named as MongoDB names them', async t => {
  const { Filter } = redact([{ paths: ['Filter'], action: 'type' }], {
    Filter: { ...PERSON, none: null, yes: true, big: { $numberLong: '1' } },
  })
  t.strictSame(plain(Filter), {
    email: '?string',
    'address.street': '?string',
    phones: [{ phone: '?string' }],
    age: { $gte: '?number' },
    _id: '?objectId',
    born: '?date',
    none: '?null',
    yes: '?bool',
    big: '?number',
  })
})

t.test('keys count whatever their case and separators', async t => {
  const { Update } = redact([{ keys: ['api_key'], action: 'mask' }], {
    Update: { $set: { apiKey: 'ab', 'user.API-KEY': 'cd', apiKeys: 'ef' } },
  })
  t.strictSame(plain(Update), {
    $set: { apiKey: 'xx', 'user.API-KEY': 'xx', apiKeys: 'ef' },
  })
})

t.test('the first rule that fits is the one', async t => {
  const rules = [
    { paths: ['Filter.status', 'Filter._id'], action: 'keep' },
    { paths: ['Filter.**'], action: 'type' },
  ] as const
  const Filter = { status: 'open', _id: { $oid: 'ab' }, name: 'Alice' }
  t.strictSame(plain(redact(rules, { Filter }).Filter), {
    ...Filter,
    name: '?string',
  })
})

t.test('detectors hide what they find and leave the rest', async t => {
  const rules = [
    { detect: ['email', 'card'], action: 'type' },
    { detect: ['connection_string'], action: 'mask' },
  ] as const
  const record = redact(rules, {
    Filter: {
      text: 'mail alice@example.org or pay 4111 1111 1111 1111',
      number: 4111111111111111,
      long: { $numberLong: '4111111111111111' },
      'prefs.bob@example.org': 1,
      'prefs.eve@example.org': 2,
    },
    Options: { comment: 'mongodb://app:s3cret@db/shop' },
    DBUser: 'alice@example.org',
  })
  t.strictSame(plain(record.Filter), {
    text: 'mail ?email or pay ?card',
    number: '?card',
    long: { $numberLong: '?card' },
    '?email': 1,
    '?email#2': 2,
  })
  t.strictSame(plain(record.Options), {
    comment: 'mongodb://app:xxxxxx@db/shop',
  })
  t.equal(record.DBUser, '?email')
})

t.test(
  'a rule for the whole value goes on where a detector finds a part',
  async t => {
    const rules = [
      { detect: ['email'], action: 'type' },
      { keys: ['note'], action: 'mask' },
    ] as const
    const { Filter } = redact(rules, {
      Filter: { note: 'hi a@b.de', other: 'a@b.de' },
    })
    t.strictSame(plain(Filter), { note: 'xxxxxxxxx', other: '?email' })
  },
)

t.test(
  'equal values have equal hashes, and only with the same key',
  async t => {
    const hash = (key: string, value: unknown) =>
      redact(
        { rules: [{ paths: ['Filter'], action: 'hash' }], key },
        {
          Filter: { value },
        },
      ).Filter as { value: string }
    t.equal(hash('k', 'a').value, hash('k', 'a').value)
    t.equal(hash('k', { $oid: 'ab' }).value, hash('k', 'ab').value)
    t.not(hash('k', 'a').value, hash('other', 'a').value)
    t.match(hash('k', 'a').value, /^[\w-]{16}$/)
  },
)

t.test('hash without a key is refused', async t => {
  const rules = [{ keys: ['a'], action: 'hash' }] as const
  t.throws(() => createRedact('r', { rules }), /hash needs a key/)
  t.throws(() => createRedact('r', { rules, key: '' }), /hash needs a key/)
})

t.test('a short value shows nothing of itself in part', async t => {
  const { Filter } = redact([{ keys: ['pin'], action: 'partial' }], {
    Filter: { pin: '1234567', a: { pin: '12345678' } },
  })
  t.strictSame(plain(Filter), { pin: 'xxxxxxx', a: { pin: 'xxxx5678' } })
})

t.test('a message does not tell what the filter hides', async t => {
  const rules = [
    { paths: ['Filter.**.email'], action: 'mask' },
    { detect: ['card'], action: 'type' },
  ] as const
  const { ErrorMessage } = redact(rules, {
    ErrorMessage:
      'E11000 duplicate key error dup key: { user.email: "alice", n: 17 } 4111111111111111',
  })
  t.equal(
    ErrorMessage,
    'E11000 duplicate key error dup key: { user.email: "xxxxx", n: 17 } ?card',
  )
})

t.test('a field that cannot be redacted holds only a mark', async t => {
  const hostile = Object.defineProperty({}, 'a', {
    enumerable: true,
    get: () => {
      throw new Error('no')
    },
  })
  const record = auditRecord({ Filter: hostile, Update: { a: 'secret' } })
  const filter = createRedact('r', { rules: [{ keys: ['a'], action: 'mask' }] })
  t.match(filter.apply(record), { Filter: HIDDEN, Update: { a: 'xxxxxx' } })
})

t.test('a path that leads nowhere is an error', async t => {
  const create = (path: string) => () =>
    createRedact('r', { rules: [{ paths: [path], action: 'mask' }] })
  t.throws(create('Fliter.a'), /Fliter is not a field of a record/)
  t.throws(create('Filter..a'), /"Filter\.\.a" has an empty name/)
  t.throws(create('WatchID'), /WatchID cannot be hidden/)
})
