import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { closeHandlers } from '../../src/outputs/close-handlers.ts'
import {
  entry,
  finalRecord,
  openRecord,
  setUpOutputs,
} from '../fixtures/output-parts.ts'
import { ROOT, run } from '../fixtures/run.ts'
import { useServer } from '../fixtures/server.ts'

function setUpFile(filename: string, options: Record<string, unknown>) {
  const { handlers, router } = setUpOutputs({
    audit: entry({ class: 'file', filename, level: 'info', ...options }),
  })
  return { handlers, router, close: () => closeHandlers(handlers, router) }
}

const iterations = (filename: string) =>
  readFileSync(filename, 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line).Iteration)

t.test(
  'write_ahead: `first` is on disk before the driver is called',
  async t => {
    const filename = join(t.testdir(), 'audit.jsonl')
    const { router, close } = setUpFile(filename, { guarantee: 'write_ahead' })
    const record = openRecord()
    t.equal(router.emit(record, 'first'), undefined)
    t.same(iterations(filename), [0])
    record.Iteration = 'final'
    router.emit(record, 'final')
    t.same(iterations(filename), [0, 'final'])
    close()
  },
)

t.test('fsync changes nothing but the wait', async t => {
  const filename = join(t.testdir(), 'audit.jsonl')
  const options = { guarantee: 'written', fsync: true }
  const { router, close } = setUpFile(filename, options)
  router.emit(finalRecord(), 'final')
  t.same(iterations(filename), ['final'])
  close()
})

t.test('write_ahead with refuse: a full disk refuses the first', async t => {
  const { router, close } = setUpFile('/dev/full', {
    guarantee: 'write_ahead',
    onFailure: 'refuse',
  })
  t.match(router.emit(openRecord(), 'first'), {
    name: 'MongowatchAuditError',
    code: 'MONGOWATCH_AUDIT_REFUSED',
    message: /^The operation was not sent: handler audit .*ENOSPC/,
    cause: { code: 'ENOSPC' },
  })
  close()
})

t.test('written with refuse: the next is refused, until it works', async t => {
  const folder = join(t.testdir({ log: 'no folder' }), 'log')
  const filename = join(folder, 'audit.jsonl')
  const { router, close } = setUpFile(filename, {
    guarantee: 'written',
    onFailure: 'refuse',
  })
  t.equal(router.emit(openRecord(), 'first'), undefined, 'nothing failed yet')
  router.emit(finalRecord(), 'final')
  t.match(router.emit(openRecord(), 'first'), {
    code: 'MONGOWATCH_AUDIT_REFUSED',
  })
  rmSync(folder)
  await new Promise(resolve => setTimeout(resolve, 300))
  t.equal(router.emit(openRecord(), 'first'), undefined)
  t.same(iterations(filename), ['final'], 'the record was kept meanwhile')
  close()
})

t.test('drop, the default, never refuses', async t => {
  const { router, close } = setUpFile('/dev/full', { guarantee: 'written' })
  router.emit(finalRecord(), 'final')
  t.equal(router.emit(openRecord(), 'first'), undefined)
  close()
})

t.test('in an application', async t => {
  const { uri, dbName } = await useServer(t)
  const code = `
    const { MongoClient } = require('mongodb')
    const { existsSync, rmSync } = require('node:fs')
    async function main() {
      const client = await MongoClient.connect(${JSON.stringify(uri)})
      const pay = client.db(${JSON.stringify(dbName)}).collection('payments')
      await pay.deleteMany({})
      const insert = n => pay.insertOne({ n }).then(
        () => console.log(n, 'inserted'),
        error => console.log(n, error.name, error.code))
      await insert(1)
      process.env.BREAK && (rmSync('log', { recursive: true }),
        require('node:fs').writeFileSync('log', 'no folder'))
      await insert(2)
      await insert(3)
      if (process.env.BREAK) rmSync('log')
      await new Promise(resolve => setTimeout(resolve, 500))
      await insert(4)
      console.log('stored', (await pay.find().toArray()).map(d => d.n).join())
      await client.close()
    }
    main()`
  const config = (folder: string) => ({
    version: 1,
    handlers: {
      audit: {
        class: 'file',
        filename: join(folder, 'log', 'records.jsonl'),
        guarantee: 'write_ahead',
        on_failure: 'refuse',
        filters: ['payments'],
      },
    },
    filters: { payments: { match: { Collection: 'payments' } } },
    loggers: { mongowatch: { handlers: ['audit'] } },
  })
  const app = { code, config, packages: [join(ROOT, 'node_modules/mongodb')] }

  t.test('what cannot be audited is rejected and never sent', async t => {
    const { stdout, code } = await run(t, { ...app, env: { BREAK: '1' } })
    t.equal(code, 0)
    t.same(stdout.trim().split('\n'), [
      '1 inserted',
      '2 MongowatchAuditError MONGOWATCH_AUDIT_REFUSED',
      '3 MongowatchAuditError MONGOWATCH_AUDIT_REFUSED',
      '4 inserted',
      'stored 1,4',
    ])
  })

  t.test('what can be is sent', async t => {
    const { stdout } = await run(t, app)
    t.match(stdout, 'stored 1,2,3,4')
  })

  t.test('what only ends something is let through', async t => {
    const { stdout, code } = await run(t, {
      ...app,
      config: folder => {
        const { audit } = config(folder).handlers
        return { version: 1, handlers: { audit: { ...audit, filters: [] } } }
      },
      code: `
        const { MongoClient } = require('mongodb')
        const { rmSync, writeFileSync } = require('node:fs')
        async function main() {
          const client = await MongoClient.connect(${JSON.stringify(uri)})
          const pay = client.db(${JSON.stringify(dbName)}).collection('payments')
          const session = client.startSession()
          session.startTransaction()
          await pay.insertOne({ n: 5 }, { session })
          rmSync('log', { recursive: true })
          writeFileSync('log', 'no folder')
          const refused = error => console.log(error.code)
          await pay.insertOne({ n: 6 }, { session }).catch(refused)
          await session.commitTransaction().catch(refused)
          await session.abortTransaction()
          await client.close()
          console.log('closed')
        }
        main()`,
    })
    t.equal(code, 0)
    t.same(stdout.trim().split('\n'), [
      'MONGOWATCH_AUDIT_REFUSED',
      'MONGOWATCH_AUDIT_REFUSED',
      'closed',
    ])
  })
})
