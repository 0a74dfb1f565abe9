import { join } from 'node:path'
import t from 'tap'
import { compare } from '../fixtures/differential.ts'
import { driverPath } from '../fixtures/packages.ts'
import { useServer } from '../fixtures/server.ts'

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

t.setTimeout(600_000)

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
