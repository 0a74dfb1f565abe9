import { join } from 'node:path'
import t from 'tap'
import { compare, type Format } from '../fixtures/differential.ts'
import { VERSIONS } from '../fixtures/drivers.ts'
import { driverPath } from '../fixtures/packages.ts'
import { useServer } from '../fixtures/server.ts'

const FORMATS: readonly Format[] = ['cjs', 'esm']

t.setTimeout(600_000)

t.test('an application sees the same with the mask', async t => {
  const { uri } = await useServer(t)
  for (const version of VERSIONS) {
    const packagePath = await driverPath(version)
    for (const format of FORMATS) {
      await t.test(`driver ${version}, ${format}`, async t => {
        const seen = await compare(t, { packagePath, uri, format })
        t.equal(seen.difference, '')
        t.equal(seen.bare.code, 0, seen.bare.stderr)
        t.match(seen.bare.stdout, '## at the end')
        t.notMatch(seen.bare.stdout, 'the program failed')
        t.ok(seen.records.length > 200, 'the mask was on')
      })
    }
  }
})

interface Exit {
  title: string
  ends: number
  drivers?: RegExp
}
const EXITS: Exit[] = require('../fixtures/application/programs/exits.cjs')

t.test('an application ends in the same way with the mask', async t => {
  const { uri } = await useServer(t)
  for (const version of VERSIONS) {
    const packagePath = await driverPath(version)
    for (const { title, ends, drivers } of EXITS) {
      if (drivers?.test(version) === false) continue
      // the loader of the application makes no difference to its end
      const format: Format = version.startsWith('7') ? 'esm' : 'cjs'
      await t.test(`${title}, driver ${version}, ${format}`, async t => {
        const programs = `^exits: ${title}$`
        const isAlone = true
        const application = { packagePath, uri, format, programs, isAlone }
        const seen = await compare(t, application)
        t.equal(seen.difference, '')
        t.equal(seen.bare.code, ends, seen.bare.stdout + seen.bare.stderr)
        t.ok(seen.records.length > 0, 'the mask was on')
      })
    }
  }
})

const PRELOAD = join(__dirname, '../fixtures/application/break.cjs')

/** What is broken on purpose, the programs that notice, and a line of what. */
const BROKEN: readonly [way: string, programs: string, line: RegExp][] = [
  ['a key of a collection', '^surface: own keys', /\+.*watched boolean/],
  ['a hidden symbol of a class', '^surface: names', /\+.*Symbol\(x\)/],
  ['a name', '^surface: names', /\+.*Function "wrapped" of 2/],
  ['a number of arguments', '^surface: names', /\+.*"find" of 7/],
  ['a kind of function', '^surface: names', /\+.*\[Function "insertOne"/],
  ['a message', '^errors: errors of', /\+.*dup key: \{ _id: 1 \}\."/],
  ['a rejection taken care of', '^errors: rejec', /-.*unhandledRejection/],
  ['a result of another class', '^writes: results', /\+.*Result \{/],
  ['a number for a Long', '^writes: writes with', /\+.*long: 9007199254740992/],
  ['an error that comes later', '^errors: methods', /\+.*'failed' 'later'/],
  ['a command', '^reads: results', /\+.*> count/],
  ['an option of a command', '^reads: results', /\+.*comment: 'seen'/],
  ['a listener of a cursor', '^reads: events', /\+.*2 Array \{ 0: 'error'/],
  ['a handle', '^database: a client that', /\+.*TCPServerWrap/],
  ['a line on stderr', '^database: a client that', /\+.*watching/],
  ['an exit code', '^database: a client that', /\+.*exit 4/],
]

t.test('what is broken on purpose is noticed', async t => {
  const { uri } = await useServer(t)
  const packagePath = await driverPath('7.9.0')
  for (const [way, programs, line] of BROKEN) {
    await t.test(way, async t => {
      const env = { BREAK: way }
      const application = { packagePath, uri, programs, preload: PRELOAD, env }
      const { difference } = await compare(t, application)
      t.match(difference, new RegExp(`^${line.source}`, 'm'))
    })
  }
})
