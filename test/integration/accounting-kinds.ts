import t, { type Test } from 'tap'
import { onEachDriver } from '../fixtures/drivers.ts'
import { CALLS, type Kind, type Things } from '../fixtures/kinds-of-calls.ts'
import { createRandom } from '../fixtures/random.ts'
import type { Watched } from '../fixtures/watch.ts'

/** Commands that no call of the application asked for. */
const HOUSEKEEPING = new Set(['killCursors', 'endSessions', 'hello'])
const TAG = /tag\d+x\d+x/

// biome-ignore lint/suspicious/noExplicitAny: the driver, whatever its version
type Any = any

/** What ran, by the tag that each call puts into all that it sends. */
interface Work {
  readonly expected: Map<string, readonly string[]>
  readonly refused: Set<string>
  /** Commands by tag; those of no tag under their own name. */
  readonly commands: Map<string, string[]>
}

function note(map: Map<string, string[]>, key: string, value: string): void {
  map.set(key, [...(map.get(key) ?? []), value])
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

async function work(
  { context, mongodb }: Watched,
  uri: string,
  db: string,
  seed: number,
): Promise<Work & { tagOfSession: Map<string, string> }> {
  const random = createRandom(seed)
  const client = new mongodb.MongoClient(uri, { monitorCommands: true })
  context.enabled = false
  await client.connect()
  await client.db(db).dropDatabase()
  await client.db(db).collection('things').insertOne({ _id: 0 })
  context.enabled = true
  const done: Work = {
    expected: new Map(),
    refused: new Set(),
    commands: new Map(),
  }
  const tagOfSession = new Map<string, string>()
  client.on('commandStarted', ({ command, commandName }: Any) => {
    const { $clusterTime: _, lsid, ...rest } = command
    const session = lsid && tagOfSession.get(hex(lsid.id.buffer))
    const tag = TAG.exec(JSON.stringify(rest))?.[0] ?? session
    if (tag !== undefined) note(done.commands, tag, commandName)
    else if (!HOUSEKEEPING.has(commandName)) {
      note(done.commands, 'nobody', JSON.stringify(rest))
    }
  })
  const sessions: Any[] = []
  const startSession = (tag: string) => {
    const session = client.startSession()
    sessions.push(session)
    tagOfSession.set(hex(session.id.id.buffer), tag)
    return session
  }
  const names = Object.keys(CALLS)
  for (let round = 0; round < 6; round++) {
    const calls = Array.from({ length: 12 }, async (_, i) => {
      const name = names[random(names.length)] ?? 'ping'
      const { call, records, sendsNothing } = CALLS[name] as Kind
      const tag = `tag${round}x${i}x`
      done.expected.set(tag, records)
      if (sendsNothing) done.refused.add(tag)
      const things: Things = {
        mongodb,
        client,
        db: client.db(db),
        tag,
        startSession,
      }
      await call(things)
    })
    await Promise.all(calls)
  }
  await new Promise(resolve => setTimeout(resolve, 50))
  for (const session of sessions) await session.endSession()
  await client.close()
  return { ...done, tagOfSession }
}

/** The records by the tag of their call. */
function recordsByTag(
  watched: Watched,
  sessions: Map<string, string>,
): Map<string, string[]> {
  const records = new Map<string, string[]>()
  for (const record of watched.finals()) {
    const { Collection, Filter, Options, Session, Operation } = record
    const text = JSON.stringify([Collection, Filter, Options])
    const tag = TAG.exec(text)?.[0] ?? sessions.get(Session ?? '') ?? 'nobody'
    note(records, tag, Operation)
  }
  return records
}

/** The updates that wait for a change stream are as many as it takes. */
const isNotRepeated = (name: string, i: number, names: readonly string[]) =>
  name !== 'updateOne' || names[i - 1] !== name

function check(
  t: Test,
  watched: Watched,
  done: Awaited<Work> & {
    tagOfSession: Map<string, string>
  },
): void {
  const records = recordsByTag(watched, done.tagOfSession)
  t.strictSame(done.commands.get('nobody'), undefined, 'no command of nobody')
  t.strictSame(records.get('nobody'), ['close'], 'no record of nobody')
  for (const [tag, expected] of done.expected) {
    const names = [...(records.get(tag) ?? [])].sort().filter(isNotRepeated)
    t.strictSame(names, [...expected].sort(), `${tag}: its records, once each`)
    const sent = done.commands.get(tag) ?? []
    t.equal(sent.length === 0, done.refused.has(tag), `${tag}: sent ${sent}`)
  }
  const foreign = [...done.commands.keys()].filter(
    tag => tag !== 'nobody' && !records.has(tag),
  )
  t.strictSame(foreign, [], 'every command belongs to a record')
}

t.setTimeout(180_000)

t.test('calls of every kind at once: each command has its record', async t => {
  await onEachDriver(t, async (t, { db, server, watched }) => {
    for (const seed of [11, 12, 13]) {
      watched.clear()
      const done = await work(watched, server.uri, db.databaseName, seed)
      t.comment(`seed ${seed}`)
      check(t, watched, done)
    }
    const { coverage, open } = watched.context
    t.equal(open.size, 0, 'nothing is open')
    t.strictSame([...coverage.missed], [], 'nothing escaped')
    t.equal(coverage.recorded, coverage.seen)
  })
})

t.test('each kind is used by some seed', async t => {
  // a workload that never did something would show nothing about it
  const used = new Set<string>()
  const names = Object.keys(CALLS)
  for (const seed of [11, 12, 13]) {
    const random = createRandom(seed)
    for (let i = 0; i < 72; i++) used.add(names[random(names.length)] ?? '')
  }
  t.strictSame([...used].sort(), [...names].sort())
})
