import fc from 'fast-check'
import t from 'tap'
import {
  DETECTORS,
  type DetectorName,
  mayHold,
} from '../../src/filters/detectors.ts'
import { createRedact } from '../../src/filters/redact.ts'
import { finishedRecord } from '../fixtures/finished-record.ts'

const FOUND: Record<DetectorName, [text: string, found: string[]][]> = {
  email: [
    ['alice@example.org', ['alice@example.org']],
    [
      "to <o'brien+x@mail.example.co.uk>, cc b@c.de.",
      ["o'brien+x@mail.example.co.uk", 'b@c.de'],
    ],
    ["'jürgen@bücher.example'", ['jürgen@bücher.example']],
    ['a@b@example.org', ['b@example.org']],
    ['?to=1&me%40x.org&b%2540c.de', ['?to=1&me%40x.org', '&b%2540c.de']],
    ['to "john smith"@example.org;', ['"john smith"@example.org']],
    ['"a \\"b\\" c"@example.org', ['"a \\"b\\" c"@example.org']],
    ['^alice\\.b@example\\.org$', ['alice\\.b@example\\.org']],
    ['alice[.]b\\+x\\x40example[.]org', ['alice[.]b\\+x\\x40example[.]org']],
    ['of alice@exam…(+7)', ['alice@exam']],
    ['of alice@…(+12)', ['alice@']],
    ['100%40, x @example.org, ""@example.org', []],
    ['@home, me@localhost, a@.b, @@@', []],
  ],
  card: [
    ['4111111111111111', ['4111111111111111']],
    ['card 5500 0055 5555 5559 exp 12/28', ['5500 0055 5555 5559']],
    ['3782-822463-10005', ['3782-822463-10005']],
    ['4111/1111/1111/1111', ['4111/1111/1111/1111']],
    ['4111,1111,1111,1111', ['4111,1111,1111,1111']],
    ['4,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1', ['4,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1']],
    ['ids 411,11,1111,1111,111 of 2024/09/14,2025/04/22', []],
    ['41111111,11111111', []],
    ['4111 ?1111 ?1111 ?1111', ['4111 ?1111 ?1111 ?1111']],
    ['pay 41111111111111…(+2)', ['41111111111111']],
    ['pay 4111-1111-1…(+8)', ['4111-1111-1']],
    ['room 4111…(+8), 4111 1111', []],
    ['12 4111 1111 1111 1111 77', ['4111 1111 1111 1111']],
    ['4111111111111112 0000000000000000 41111', []],
    ['6926b3a0c04111111111111111', []],
    [
      'card_4111111111111111, no4111111111111111x',
      Array(2).fill('4111111111111111'),
    ],
    [
      '4111\u00a01111\u00a01111\u00a01111',
      ['4111\u00a01111\u00a01111\u00a01111'],
    ],
    ['4111.1111.1111.1111', ['4111.1111.1111.1111']],
    ['^4111\\-1111\\-1111\\-1111$', ['4111\\-1111\\-1111\\-1111']],
    ['4111\u20131111 - 1111_1111', ['4111\u20131111 - 1111_1111']],
    ['on 2026-11-25 4111111111111111', ['4111111111111111']],
    ['4111111111111111 2026-11-25', ['4111111111111111']],
    ["ObjectId('41111111111111111111abcd') 2026-11-20 2026-11-26", []],
    ['41111111-1111-1111-8111-111111111111', []],
    ['0.4111111111111111 2026-11-25T01:02:03.456Z', []],
    ['12345678901234567890123456', []],
  ],
  iban: [
    ['DE89370400440532013000', ['DE89370400440532013000']],
    ['pay GB82 WEST 1234 5698 7654 32 now', ['GB82 WEST 1234 5698 7654 32']],
    ['to DE893704004405…(+8)', ['DE893704004405']],
    ['to DE89 3704 0044 …(+8)', ['DE89 3704 0044 ']],
    ['to XX893704004405…(+8), DE893704004405', []],
    ['fr1420041010050500013m02606', ['fr1420041010050500013m02606']],
    ['GB82-WEST-1234-5698-7654-32', ['GB82-WEST-1234-5698-7654-32']],
    [
      'DE 89 3704\u00a00044 0532 0130 00',
      ['DE 89 3704\u00a00044 0532 0130 00'],
    ],
    ['iban_DE89370400440532013000', ['DE89370400440532013000']],
    ['DE88370400440532013000 ZZ00 DE89', []],
  ],
  jwt: [
    [
      'id eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0…(+477)',
      ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0'],
    ],
    ['id eyJhbGc…(+4), eyJhbGc', []],
    ['id eyJhbGc…(+477)', ['eyJhbGc']],
    [
      'token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl;',
      ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'],
    ],
    [
      'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.',
      ['eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.'],
    ],
    ['key eyJhbGciOiJBIn0.a1.b2.c3.d4 end', ['eyJhbGciOiJBIn0.a1.b2.c3.d4']],
    ['eyJhbGciOiJkaXIifQ..b2.c3.d4', ['eyJhbGciOiJkaXIifQ..b2.c3.d4']],
    ['eyJ eyJ.x a.b.c', []],
  ],
  aws_key: [
    ['key=AKIAIOSFODNN7EXAMPLE!', ['AKIAIOSFODNN7EXAMPLE']],
    ['XAKIAIOSFODNN7EXAMPLE AKIASHORT', []],
    ['key=AKIAIOSFODNN7…(+7)', ['AKIAIOSFODNN7']],
  ],
  bearer: [
    ['Authorization: Bearer abcdef123456', ['abcdef123456']],
    ['Authorization: Bearer abc…(+3)', ['abc']],
    ['the bearer of news, forbearer abcdef123456', []],
  ],
  connection_string: [
    ['mongodb://app:s3cret@db.example.org:27017/shop', ['s3cret']],
    ['mongodb+srv://app:p@ss:word@db.example.org', ['p@ss:word']],
    ['mongodb:\\/\\/app:s3cret@db\\.example\\.org', ['s3cret']],
    ["mongodb://app:it's-secret@db.example.org/shop", ["it's-secret"]],
    ['mongodb://app:pa/ss@db.example.org', ['pa/ss']],
    ['mongodb://app:pa#s?s@db.example.org/shop', ['pa#s?s']],
    ['http://example.org:8080/a@b https://x', []],
  ],
}

for (const [name, cases] of Object.entries(FOUND)) {
  t.test(`${name} is found where it is`, async t => {
    const detect = DETECTORS[name as DetectorName]
    for (const [text, expected] of cases) {
      const found = detect(text).map(({ start, end }) => text.slice(start, end))
      t.strictSame(found, expected, text)
    }
  })
}

/** What detectors look for, in pieces that fit into a short text. */
const piece = fc.constantFrom(
  ...['eyJ', '.', 'a', 'b', 'A', '1', '@', '%40', ':', '//', '\\', '[', ']'],
  ...['x40', '-', ' ', '$', '_', 'bearer ', 'AKIA', 'DE89', '4111', '\n'],
  ...['a@b.c', 'd%40e.fg', 'eyJh.i.j', '://k:l@m', 'b\\x40c.de'],
)

t.test('a glance sends no text past a detector that finds something', t => {
  let held = 0
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(piece, { maxLength: 8 }).map(parts => parts.join('')),
        fc.string({ maxLength: 14 }),
      ),
      text => {
        const found = Object.values(DETECTORS).flatMap(detect => detect(text))
        if (found.length > 0) held++
        return found.length === 0 || mayHold(text)
      },
    ),
    { numRuns: 20_000, seed: 20_261_125 },
  )
  t.ok(held > 100, `${held} texts held something`)
  t.notOk(mayHold('address.city'))
  t.end()
})

t.test('no text takes more than time that grows with it', async t => {
  const size = 200_000
  const units = [
    'a',
    '1',
    '@',
    'a@',
    'a@b',
    '1 ',
    'eyJ',
    'eyJ.',
    '://',
    'a://b:',
    'bearer ',
    'AKIA',
    'DE89 ',
    'GB82W',
    '4111 ',
    '"',
    '\\"',
    ' ',
  ]
  for (const unit of units) {
    const text = unit.repeat(size / unit.length)
    for (const detect of Object.values(DETECTORS)) detect(text)
  }
  const detect = Object.keys(DETECTORS) as DetectorName[]
  const redact = createRedact('all', { rules: [{ detect, action: 'type' }] })
  for (const unit of ['a@b.c ', 'eyJa.', '4111 1111 1111 1111 ', 'a://b:c@d '])
    redact.apply(finishedRecord({ Filter: unit.repeat(size / unit.length) }))
  t.pass('all texts were searched')
})
