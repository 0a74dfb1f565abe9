import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { ENCRYPTION } from '../../src/watchers/encryption-operations.ts'
import {
  hasMissedNothing,
  type OnDriver,
  onEachDriver,
} from '../fixtures/drivers.ts'
import {
  ANSWERED_CALLS,
  OBJECTS,
} from '../fixtures/method-calls/answered-calls.ts'
import { ONGOING_CALLS } from '../fixtures/method-calls/ongoing-calls.ts'
import { ownMethods } from '../fixtures/method-calls/own-methods.ts'
import { QUIET_METHODS } from '../fixtures/method-calls/quiet-methods.ts'
import type {
  Answered,
  Any,
  Ongoing,
  Stage,
} from '../fixtures/method-calls/stage.ts'

const HOUSEKEEPING = new Set([
  'endSessions',
  'killCursors',
  'hello',
  'ismaster',
])

/** A client whose commands are noted, housekeeping left out. */
async function connect({ watched, server }: OnDriver) {
  const { MongoClient } = watched.mongodb
  const client = new MongoClient(server.uri, { monitorCommands: true })
  const commands: string[] = []
  client.on('commandStarted', ({ commandName }: { commandName: string }) => {
    if (!HOUSEKEEPING.has(commandName)) commands.push(commandName)
  })
  await client.connect()
  return { client, commands }
}

interface Work {
  readonly driver: OnDriver
  readonly client: Any
  readonly commands: string[]
}

/** Gives a call documents of its own, and forgets what making them took. */
async function onStage(
  { driver, client, commands }: Work,
  call: (stage: Stage) => Promise<unknown>,
): Promise<void> {
  const tasks: (() => unknown)[] = []
  const db = client.db(driver.db.databaseName)
  await db.dropDatabase()
  const things = db.collection('things')
  await things.insertMany([1, 2, 3].map(n => ({ _id: n, n })))
  const after = (task: () => unknown) => tasks.push(task)
  driver.watched.clear()
  commands.length = 0
  await call({ ...driver, client, db, things, after })
  for (const task of tasks) await task()
}

const errorOf = async (call: () => unknown): Promise<Any> => {
  try {
    await call()
  } catch (error) {
    return error ?? 'nothing'
  }
}

const byCallback = (target: Any, method: string, args: readonly unknown[]) =>
  new Promise((resolve, reject) => {
    target[method](...args, (error: unknown, result: unknown) =>
      error ? reject(error) : resolve(result),
    )
  })

/** One record, with these fields, and a command. */
async function checkAnswered(
  t: Test,
  work: Work,
  [className, method, call]: [string, string, Answered],
  isByCallback: boolean,
): Promise<void> {
  const title = `${className}.${method}${isByCallback ? ' by callback' : ''}`
  const { watched, version } = work.driver
  await onStage(work, async stage => {
    const target = await (call.on ?? OBJECTS[className])?.(stage)
    watched.clear()
    work.commands.length = 0
    // the driver writes into some of them
    const args = structuredClone(call.args)
    const error = await errorOf(() =>
      isByCallback ? byCallback(target, method, args) : target[method](...args),
    )
    if (!call.mayFail) t.equal(error, undefined, title)
    const [record, ...more] = watched.finals()
    t.strictSame(more, [], `${title} is one record`)
    t.match(
      { ...record },
      {
        Operation: method,
        Iteration: 'final',
        Outcome: error === undefined ? 'success' : 'failure',
        ErrorType: error?.constructor.name,
        Driver: version,
        Duration: Number,
        ...call.record,
      },
      title,
    )
    t.notOk(JSON.stringify(watched.iterations).includes('sesame'))
    const isSent = work.commands.length > 0 || target === undefined
    const isForeign = target?.constructor.name === 'MongoClient' && call.on
    if (!isForeign) t.ok(isSent, `${title} sends a command`)
  })
}

/** What is called sends something, and each part of it is one record. */
async function checkOngoing(
  t: Test,
  work: Work,
  [className, method, call]: [string, string, Ongoing],
): Promise<void> {
  const title = `${className}.${method}`
  const { watched, version } = work.driver
  await onStage(work, async stage => {
    const error = await errorOf(() => call.run(stage))
    await sleep(1) // what ends with its last batch ends a turn later
    if (!call.mayFail) t.equal(error, undefined, title)
    const records = watched.finals()
    t.strictSame(
      records.map(record => record.Operation).sort(),
      [...call.records].sort(),
      title,
    )
    const last = call.records.at(-1)
    t.match(
      { ...records.findLast(({ Operation }) => Operation === last) },
      {
        Outcome: error === undefined ? 'success' : 'failure',
        Driver: version,
        ...(error === undefined ? call.last : {}),
      },
      title,
    )
  })
}

const entriesOf = <Call>(
  tables: Readonly<Record<string, Readonly<Record<string, Call>>>>,
): [string, string, Call][] =>
  Object.entries(tables).flatMap(([className, calls]) =>
    Object.entries(calls).map(([method, call]): [string, string, Call] => [
      className,
      method,
      call,
    ]),
  )

t.test('every method that sends a command leaves its record', async t => {
  await onEachDriver(t, async (t, driver) => {
    const methods = ownMethods(driver.watched.driver.copy.root)
    const has = (className: string, method: string) =>
      methods.get(className)?.includes(method) === true
    const client = await connect(driver)
    const work = { driver, ...client }
    t.teardown(() => client.client.close())
    for (const entry of entriesOf(ANSWERED_CALLS)) {
      const [className, method] = entry
      if (!has(className, method)) continue
      await checkAnswered(t, work, entry, false)
      if (driver.major < 5) await checkAnswered(t, work, entry, true)
    }
    for (const entry of entriesOf(ONGOING_CALLS)) {
      const [className, method] = entry
      const isInherited = className === 'ChangeStream' && method === 'on'
      if (!isInherited && !has(className, method)) continue
      await checkOngoing(t, work, entry)
    }
    hasMissedNothing(t, driver)
  })
})

t.test('the other methods send nothing', async t => {
  await onEachDriver(t, async (t, driver) => {
    const client = await connect(driver)
    t.teardown(() => client.client.close())
    const methods = ownMethods(driver.watched.driver.copy.root)
    for (const [className, names] of Object.entries(QUIET_METHODS)) {
      if (!methods.has(className)) continue
      for (const name of names) {
        await onStage({ driver, ...client }, async stage => {
          const target = OBJECTS[className]?.(stage)
          t.type(target, 'object', className)
          if (typeof target[name] !== 'function') return
          await errorOf(() => target[name]())
          await sleep(1)
          t.strictSame(client.commands, [], `${className}.${name}`)
          t.strictSame(driver.watched.finals(), [], `${className}.${name}`)
        })
      }
    }
  })
})

t.test('no method of this driver is unknown to these tests', async t => {
  await onEachDriver(t, async (t, { watched }) => {
    const unknown: string[] = []
    for (const [name, methods] of ownMethods(watched.driver.copy.root)) {
      const known = new Set([
        ...Object.keys(ANSWERED_CALLS[name] ?? {}),
        ...Object.keys(ONGOING_CALLS[name] ?? {}),
        ...(QUIET_METHODS[name] ?? []),
        // test/watchers/client-encryption.ts calls these
        ...(name === 'ClientEncryption'
          ? [...Object.keys(ENCRYPTION), 'getKeys']
          : []),
      ])
      const others = methods.filter(method => !known.has(method))
      unknown.push(...others.map(method => `${name}.${method}`))
    }
    t.strictSame(unknown, [])
  })
})
