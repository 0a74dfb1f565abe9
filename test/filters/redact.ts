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

t.test('many different keys change nothing about the rules', async t => {
  const rules: RedactOptions['rules'] = [
    { keys: ['pin'], paths: ['Filter.*.b.**'], action: 'drop' },
  ]
  const filter = createRedact('private', { rules })
  const wrong = Array.from({ length: 3000 }, (_, i) => {
    const person = { a: i, b: { [`c${i}`]: 'x' }, P_I_N: 'y' }
    const record = auditRecord({ Filter: { [`k${i}`]: person } })
    const { Filter } = filter.apply(record) || record
    return JSON.stringify(Filter)
  }).filter((text, i) => text !== `{"k${i}":{"a":${i}}}`)
  t.strictSame(wrong.slice(0, 3), [])
})

const ARRAY_FILTERS: readonly [
  paths: string[],
  update: unknown,
  filters: unknown,
  shown: unknown,
][] = [
  [
    ['Update.grades.score'],
    { $set: { 'grades.$[g].score': 7 } },
    [{ 'g.score': { $gte: 5 }, 'g.kind': 'oral' }],
    [{ 'g.score': { $gte: '?number' }, 'g.kind': 'oral' }],
  ],
  [
    ['Update.pins'],
    { $set: { 'pins.$[p]': 'x' } },
    [{ p: '1234' }],
    [{ p: '?string' }],
  ],
  [
    ['Update.grades.*.by'],
    { $set: { 'grades.$[g].marks.$[m].by': 'y' } },
    [{ g: { marks: { by: 'x' }, n: 1 } }, { $or: [{ 'm.by': 'x' }, { m: 1 }] }],
    [
      { g: { marks: { by: '?string' }, n: 1 } },
      { $or: [{ 'm.by': '?string' }, { m: 1 }] },
    ],
  ],
  [
    ['Update'],
    { $set: { 'a.$[x]': 1 } },
    [{ 'x.y': 'z' }],
    [{ 'x.y': '?string' }],
  ],
  [
    ['Update.other', 'Filter.score'],
    { $set: { 'grades.$[g].score': 7 } },
    [{ 'g.score': 5 }],
    [{ 'g.score': 5 }],
  ],
]

for (const [paths, Update, arrayFilters, shown] of ARRAY_FILTERS) {
  t.test(`${paths} reaches ${JSON.stringify(arrayFilters)}`, async t => {
    const { Options } = redact([{ paths, action: 'type' }], {
      Update,
      Options: { arrayFilters, upsert: true },
    })
    t.strictSame(plain(Options), { arrayFilters: shown, upsert: true })
  })
}

const S = 'S3CRET'
const WITHOUT_NAME: readonly Partial<AuditRecord>[] = [
  {
    Filter: { $expr: { $eq: ['$ssn', '$$v'] } },
    Options: { let: { v: S, w: 'shown' } },
  },
  {
    Update: { $set: { 'ssn.$[e]': 'x', 'ssn.$[f].used': true } },
    Options: { arrayFilters: [{ e: S, 'f.value': S, g: 'shown' }] },
  },
  { Filter: [{ $group: { _id: '$ssn' } }, { $match: { _id: S, n: 'shown' } }] },
  {
    Filter: [
      { $group: { _id: { s: '$ssn' } } },
      { $match: { '_id.s': S, n: 'shown' } },
    ],
  },
  {
    Filter: [
      { $project: { t: { $toLower: '$ssn' }, n: 'shown' } },
      { $match: { $or: [{ t: S }, { $expr: { $eq: ['$t', S] } }] } },
    ],
  },
  {
    Filter: [
      { $graphLookup: { from: 'shown', startWith: S, connectToField: 'ssn' } },
    ],
  },
  {
    Filter: [
      { $densify: { field: 'ssn', range: { bounds: [S, S] } } },
      'shown',
    ],
  },
  {
    Filter: [
      { $search: { queryString: { defaultPath: 'ssn', query: S } } },
      'shown',
    ],
  },
  {
    Filter: [
      {
        $search: { queryString: { defaultPath: 'a', query: `shown ssn:${S}` } },
      },
    ],
  },
  { Filter: { $where: `this.ssn == "${S}"`, a: 'shown' } },
  { Filter: { f: { $code: `return this['ssn'] + '${S}'` }, a: 'shown' } },
  {
    Filter: {
      a: 'shown',
      $expr: { $function: { body: `x => x == '${S}'`, args: ['$ssn'] } },
    },
  },
  { Options: { comment: `shown, ssn: ${S}` } },
  { Filter: { $expr: { $eq: ['$ssn', { $literal: `$${S}` }] }, a: 'shown' } },
]

for (const fields of WITHOUT_NAME) {
  t.test(`a value without its name: ${JSON.stringify(fields)}`, async t => {
    const paths = ['Filter.**.ssn', 'Update.**.ssn', 'Options.**.ssn']
    const rules = { keys: { keys: ['ssn'] }, paths: { paths } }
    for (const [name, rule] of Object.entries(rules)) {
      const redacted = redact([{ ...rule, action: 'mask' }], fields)
      t.notMatch(JSON.stringify(redacted), S, name)
      t.match(JSON.stringify(redacted), 'shown', name)
    }
  })
}

t.test('what Update keeps is not kept in the options', async t => {
  const { Options } = redact(
    [
      { paths: ['Update.a'], action: 'keep' },
      { paths: ['Options.**'], action: 'type' },
    ],
    {
      Update: { $set: { 'a.$[x]': 1 } },
      Options: { arrayFilters: [{ x: 'y' }] },
    },
  )
  t.strictSame(plain(Options), { arrayFilters: [{ x: '?string' }] })
})

t.test('a path means what a $jsonSchema says of the field, too', async t => {
  const schema = {
    $jsonSchema: {
      required: ['ssn'],
      properties: {
        ssn: { enum: ['123'], bsonType: 'string' },
        user: { allOf: [{ properties: { pin: { const: 7 } } }] },
        properties: { const: 'left' },
      },
      not: { properties: { pets: { items: { pattern: '^Rex' } } } },
    },
  }
  const paths = ['ssn', 'user.pin', 'pets'].flatMap(name => [
    `Filter.${name}`,
    `Options.validator.${name}`,
  ])
  const { Filter, Options } = redact([{ paths, action: 'type' }], {
    Filter: schema,
    Options: { validator: schema },
  })
  const shown = {
    $jsonSchema: {
      required: ['ssn'],
      properties: {
        ssn: { enum: ['?string'], bsonType: '?string' },
        user: { allOf: [{ properties: { pin: { const: '?number' } } }] },
        properties: { const: 'left' },
      },
      not: { properties: { pets: { items: { pattern: '?string' } } } },
    },
  }
  t.strictSame(plain(Filter), shown)
  t.strictSame(plain(Options), { validator: shown })
})

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

const PATHS = [
  { paths: ['Filter.**.ssn', 'Filter.person.email'], action: 'mask' },
] as const

t.test(
  'what an expression compares with a field counts as its value',
  async t => {
    const cases: [written: object, redacted: object][] = [
      [{ $eq: ['$ssn', '123'] }, { $eq: ['$ssn', 'xxx'] }],
      [{ $gt: ['123', '$a.ssn'] }, { $gt: ['xxx', '$a.ssn'] }],
      [{ $in: ['$ssn', ['1', '2']] }, { $in: ['$ssn', ['x', 'x']] }],
      [{ $in: ['12', '$ssn'] }, { $in: ['xx', '$ssn'] }],
      [{ $eq: ['$$one.ssn', '12'] }, { $eq: ['$$one.ssn', 'xx'] }],
      [{ $eq: ['$person.email', 'a'] }, { $eq: ['$person.email', 'x'] }],
      [{ $eq: ['$other.email', 'a'] }, { $eq: ['$other.email', 'a'] }],
      [{ $eq: ['$state', 'open'] }, { $eq: ['$state', 'open'] }],
      [
        { $eq: [{ $getField: 'ssn' }, '12'] },
        { $eq: [{ $getField: 'ssn' }, 'xx'] },
      ],
      [
        { $regexMatch: { input: '$ssn', regex: '^12' } },
        { $regexMatch: { input: '$ssn', regex: 'xxx' } },
      ],
      [
        { $or: [{ $eq: ['$ssn', '1'] }, { $eq: ['$state', 'open'] }] },
        { $or: [{ $eq: ['$ssn', 'x'] }, { $eq: ['$state', 'open'] }] },
      ],
      [
        { $filter: { input: '$ssn', cond: { $eq: ['$$this', '1'] } } },
        { $filter: { input: '$ssn', cond: { $eq: ['$$this', 'x'] } } },
      ],
    ]
    for (const [written, redacted] of cases) {
      const { Filter } = redact(PATHS, { Filter: { $expr: written } })
      t.strictSame(plain(Filter), { $expr: redacted })
      const stage = redact(PATHS, { Filter: [{ $match: { $expr: written } }] })
      t.strictSame(plain(stage.Filter), [{ $match: { $expr: redacted } }])
    }
  },
)

t.test('a value whose name stands beside it is found', async t => {
  const rules = [{ keys: ['email'], action: 'mask' }] as const
  const cases: [written: object, redacted: object][] = [
    [
      { k: 'email', v: 'a' },
      { k: 'email', v: 'x' },
    ],
    [
      { k: 'user.email', v: ['a'] },
      { k: 'user.email', v: ['x'] },
    ],
    [
      { v: 'a', k: { $in: ['n', 'email'] } },
      { v: 'x', k: { $in: ['n', 'email'] } },
    ],
    [
      { 'a.k': 'email', 'a.v': 'b' },
      { 'a.k': 'email', 'a.v': 'x' },
    ],
    [
      { name: 'E-Mail', value: 'a' },
      { name: 'E-Mail', value: 'x' },
    ],
    [
      { k: 'state', v: 'open' },
      { k: 'state', v: 'open' },
    ],
    [{ list: [['email', 'a']] }, { list: [['email', 'x']] }],
    [
      { $search: { text: { path: 'email', query: 'a' } } },
      { $search: { text: { path: 'email', query: 'x' } } },
    ],
  ]
  for (const [Filter, redacted] of cases) {
    t.strictSame(plain(redact(rules, { Filter }).Filter), redacted)
  }
})

t.test('a name beside a value never shows it', async t => {
  const rules = [
    { keys: ['state'], action: 'keep' },
    { paths: ['Filter.**'], action: 'mask' },
  ] as const
  const Filter = {
    a: [['state', 'ab']],
    b: { k: 'state', v: 'ab' },
    $expr: { $eq: ['$state', 'ab'] },
  }
  t.notMatch(JSON.stringify(redact(rules, { Filter }).Filter), /ab/)
})

t.test('a place in a list need not be named', async t => {
  const rules = [
    { paths: ['Filter.items.email', 'Update.items.email'], action: 'mask' },
  ] as const
  const { Filter, Update } = redact(rules, {
    Filter: { 'items.0.email': 'ab' },
    Update: { $set: { 'items.3.email': 'cd', 'items.$.email': 'ef' } },
  })
  t.strictSame(plain(Filter), { 'items.0.email': 'xx' })
  t.strictSame(plain(Update), {
    $set: { 'items.3.email': 'xx', 'items.$.email': 'xx' },
  })
})

t.test('an address in a regular expression is one', async t => {
  const { Filter } = redact([{ detect: ['email'], action: 'type' }], {
    Filter: {
      a: { $regularExpression: { pattern: '^al\\.b@x\\.org$', options: 'i' } },
      b: { $regex: '^al@x[.]org' },
    },
  })
  t.strictSame(plain(Filter), {
    a: { $regularExpression: { pattern: '^?email$', options: 'i' } },
    b: { $regex: '^?email' },
  })
})

t.test('documents and lists in a message are looked into', async t => {
  const rules = [
    { keys: ['address', 'mails'], action: 'mask' },
    { keys: ['ssn'], action: 'type' },
  ] as const
  const cases = [
    [
      'dup key: { address: { street: "Elm 5", no: 17 }, n: 1 }',
      'dup key: { address: { street: "xxxxx", no: xx }, n: 1 }',
    ],
    [
      '{ mails: [ "ab", \'cd\' ], n: "e" }',
      '{ mails: [ "xx", \'xx\' ], n: "e" }',
    ],
    [
      '{ "first name": 1, user: { ssn: "12" } }',
      '{ "first name": 1, user: { ssn: "?string" } }',
    ],
    ['{ ssn: /^a b/i, n: 1 }', '{ ssn: ?string, n: 1 }'],
    ['cut: { address: { a: "b', 'cut: { address: { a: "x"'],
    [
      'index: ssn_1 dup key: { : "12", : 3 }',
      'index: ssn_1 dup key: { : "xx", : x }',
    ],
  ]
  for (const [written, redacted] of cases) {
    t.equal(redact(rules, { ErrorMessage: written }).ErrorMessage, redacted)
  }
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
  t.throws(create('Fliter.a'), /"Fliter" is not a field of a record/)
  t.throws(create('Filter..a'), /"Filter\.\.a" has an empty name/)
  for (const path of ['Filter.***', 'Filter.ph*', 'Filter.a*b', 'Filter.***.a'])
    t.throws(create(path), /a name is whole, or \* for any name/, path)
  t.throws(create('Filter.a[0]'), /a place in a list stands between dots/)
  t.throws(create('Filter.a[].b'), /a place in a list stands between dots/)
  t.doesNotThrow(create('Filter.a[b].*.**.c'))
  t.throws(create('WatchID'), /WatchID cannot be hidden/)
})
