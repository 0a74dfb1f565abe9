import { equal } from 'node:assert/strict'
import { parseEnv } from 'node:util'
import fc from 'fast-check'
import t from 'tap'
import { installed, placeOf, requestFor } from '../../../fixtures/mask.ts'

const env = placeOf('env')
const OPTION = '--require=/var/lib/mongowatch/register.cjs'

/** NODE_OPTIONS as Node itself reads it from the file. */
const read = (text: string) => parseEnv(text.replaceAll('\r', '')).NODE_OPTIONS

const cases: [string | undefined, string][] = [
  [undefined, OPTION],
  ['', OPTION],
  ['A=1', OPTION],
  ['A=1\r\nB=2\r\n', OPTION],
  ['NODE_OPTIONS=', OPTION],
  ['NODE_OPTIONS=""\n', OPTION],
  ['NODE_OPTIONS=--a', `--a ${OPTION}`],
  ['NODE_OPTIONS=--a --b=c\nX=y', `--a --b=c ${OPTION}`],
  ["NODE_OPTIONS='--a'\n", `--a ${OPTION}`],
  ['NODE_OPTIONS="--a"', `--a ${OPTION}`],
  ['  export NODE_OPTIONS = "--a"  # why\nB=1\n', `--a ${OPTION}`],
  ['NODE_OPTIONS=--a # why\r\n', `--a ${OPTION}`],
  ['NODE_OPTIONS="--a" # say "hi"\r\n', `--a ${OPTION}`],
  ["NODE_OPTIONS='--a' # it's \"quoted\"", `--a ${OPTION}`],
  ['NODE_OPTIONS=--a # "b"\n', `--a ${OPTION}`],
  ['NODE_OPTIONS=#--a\n', OPTION],
  ['NODE_OPTIONS=--a\nNODE_OPTIONS=--b\n', `--b ${OPTION}`],
  ['NODE_OPTIONS=\'--title="a b"\'', `--title="a b" ${OPTION}`],
  ['#NODE_OPTIONS=--a\nMY_NODE_OPTIONS=--b\n', OPTION],
]

for (const [before, expected] of cases) {
  t.test(`in ${JSON.stringify(before)}`, async t => {
    const after = installed(env, before, requestFor('.env'))
    t.equal(read(after), expected)
  })
}

t.test('a path with spaces gets the other quotes', async t => {
  const request = requestFor('.env', { stub: '/my path/register.cjs' })
  const option = '"--require=/my path/register.cjs"'
  t.equal(read(installed(env, 'NODE_OPTIONS=--a\n', request)), `--a ${option}`)
  t.throws(() => env.install('NODE_OPTIONS="--a"', request), {
    message: /^NODE_OPTIONS is in " quotes/,
  })
})

t.test('what cannot be read is not touched', async t => {
  t.throws(() => env.install('NODE_OPTIONS="--a\n--b"', requestFor()), {
    message: 'NODE_OPTIONS spans several lines',
  })
})

t.test('what may be within the value of another variable', async t => {
  const refuse = (text: string, message: string | RegExp) =>
    t.throws(() => env.install(text, requestFor()), { message }, text)
  const inner = 'set -e\nNODE_OPTIONS=--x\nnode app.js'
  for (const mark of ['"', "'", '`'])
    refuse(`A=1\nS=${mark}${inner}${mark}\n`, /^line 2 opens a quote, .*hand$/)
  refuse('A="open\n', /^line 1 opens a quote/)
  refuse('A="open', /^line 1 opens a quote/)
  refuse('A=1 \\\nNODE_OPTIONS=--x\n', /ends with a backslash: add/)
  refuse('NODE_OPTIONS=--x \\\n  --y\n', 'NODE_OPTIONS spans several lines')
  refuse('NODE_OPTIONS=--x\rB=2\r', 'its line ends are CR alone')
  for (const before of [
    'S="a\n\\"b\n"\nNODE_OPTIONS=--a\n',
    "# it's \\\nA=it's\nNODE_OPTIONS=--a\n",
    'A="\\""\nNODE_OPTIONS=--a\n',
  ])
    t.equal(read(installed(env, before, requestFor())), `--a ${OPTION}`)
  installed(env, 'A=1\rNODE_OPTIONS=--x\rB=2\r', requestFor())
})

t.test('quotes within a value are left to the user', async t => {
  for (const value of ['"--a"b', '\'a\'"b"', '"--a"# b']) {
    t.throws(() => env.install(`NODE_OPTIONS=${value}\n`, requestFor()), {
      message: /quotes within its value/,
    })
  }
  t.throws(() => env.install('NODE_OPTIONS=`--a`', requestFor()), {
    message: 'NODE_OPTIONS is in ` quotes',
  })
})

t.test('a byte order mark stays at the begin', async t => {
  const mark = '\u00ef\u00bb\u00bf'
  const before = `${mark}NODE_OPTIONS=--a\n`
  const after = installed(env, before, requestFor('.env'))
  t.equal(after.startsWith(mark), true)
  t.equal(read(after.slice(mark.length)), `--a ${OPTION}`)
})

t.test('/etc/environment cannot carry a number sign', async t => {
  const request = requestFor('', { stub: '/a#b/register.cjs' })
  t.throws(() => placeOf('environment').install('', request), {
    message: /^\/etc\/environment cannot carry "#"/,
  })
})

t.test('whatever else is in the file stays', async t => {
  const other = fc.constantFrom(
    'A=1',
    '',
    '# x',
    'B="é',
    "export C='d'",
    'E = f # g',
    '\\',
  )
  const own = fc
    .tuple(
      fc.constantFrom('', 'export ', '\t'),
      fc.constantFrom('', '--a', '"--a --b"', "'--c'", '--d ', '--e # f'),
    )
    .map(([head, value]) => `${head}NODE_OPTIONS=${value}`)
  const lines = fc.array(
    fc.tuple(fc.oneof(other, own), fc.constantFrom('\n', '\r\n')),
  )
  let count = 0
  const property = fc.property(lines, own, fc.boolean(), (rows, last, ends) => {
    const before =
      rows.map(row => row.join('')).join('') + last + (ends ? '\n' : '')
    try {
      const after = installed(env, before, requestFor('.env'))
      equal(after.includes(OPTION), true)
      count += 1
    } catch (error) {
      if (!/by hand$|backslash$/.test(String(error))) throw error
    }
  })
  t.doesNotThrow(() => fc.assert(property, { numRuns: 1000 }))
  t.ok(count > 300, 'few are refused')
})
