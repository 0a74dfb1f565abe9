import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { ROOT, type RunResult, run } from '../fixtures/run.ts'
import { useServer } from '../fixtures/server.ts'

const COUNT = 30

t.test('processes and threads that share one audit file', async t => {
  const { uri, dbName } = await useServer(t)
  const shared = `
    const { MongoClient } = require('mongodb')
    async function insert(done) {
      const client = await MongoClient.connect(${JSON.stringify(uri)})
      const shop = client.db(${JSON.stringify(dbName)}).collection('shop')
      for (let i = 0; i < ${COUNT}; i++) await shop.insertOne({ i })
      await done(client)
    }
    const close = client => client.close()
    const exit = () => process.exit(0)
    const kill = () => process.kill(process.pid, 'SIGKILL')`

  async function watch(t: Test, code: string, guarantee = 'batched') {
    const result = await run(t, {
      code: shared + code,
      mask: 'env',
      packages: [join(ROOT, 'node_modules/mongodb')],
      config: folder => ({
        version: 1,
        handlers: {
          audit: {
            class: 'file',
            filename: join(folder, 'records.jsonl'),
            max_bytes: 20_000_000,
            guarantee,
          },
        },
        loggers: { mongowatch: { handlers: ['audit'] } },
      }),
    })
    t.equal(result.code, 0, result.stderr)
    return result
  }

  /** So many writers, each with every one of its inserts, in order. */
  function checkWriters(
    t: Test,
    { records, folder }: RunResult,
    count: number,
  ) {
    const inserts = records.filter(({ Operation }) => Operation === 'insertOne')
    const byWriter = new Map<string, number>()
    for (const { PID, Thread } of inserts) {
      const writer = `${PID}.${Thread}`
      byWriter.set(writer, (byWriter.get(writer) ?? 0) + 1)
    }
    t.same([...byWriter.values()], Array(count).fill(COUNT))
    const ids = new Set(records.map(({ WatchID }) => WatchID))
    t.equal(ids.size, records.length, 'nothing twice')
    t.match(readFileSync(join(folder, 'records.jsonl'), 'utf8'), /\n$/)
  }

  const CLUSTER = (end: string) => `
    const cluster = require('node:cluster')
    if (cluster.isPrimary) {
      for (let i = 0; i < 2; i++) cluster.fork()
      insert(close)
    } else insert(${end})`

  t.test('cluster: the primary and workers that end by themselves', async t => {
    const end = '(client) => close(client).then(() => process.disconnect())'
    checkWriters(t, await watch(t, CLUSTER(end)), 3)
  })

  t.test('cluster: workers that call process.exit', async t => {
    checkWriters(t, await watch(t, CLUSTER('exit')), 3)
  })

  t.test('cluster: workers that are killed, with `written`', async t => {
    checkWriters(t, await watch(t, CLUSTER('kill'), 'written'), 3)
  })

  t.test('fork, with IPC', async t => {
    const code = `
      const { fork } = require('node:child_process')
      if (process.argv[2]) insert(client => {
        process.send('done')
        return close(client).then(() => process.disconnect())
      })
      else {
        fork(__filename, ['child'])
        insert(close)
      }`
    checkWriters(t, await watch(t, code), 2)
  })

  t.test('fork and spawn, without', async t => {
    const code = `
      const { spawn } = require('node:child_process')
      if (process.argv[2]) insert(exit)
      else {
        spawn(process.execPath, [__filename, 'child'], { stdio: 'ignore' })
        spawn(process.execPath, [__filename, 'child'], { detached: true })
        insert(close)
      }`
    checkWriters(t, await watch(t, code), 3)
  })

  t.test('worker threads, also when the main thread ends first', async t => {
    const code = `
      const { Worker, isMainThread, parentPort } = require('node:worker_threads')
      if (isMainThread) {
        let open = 2
        for (let i = 0; i < 2; i++) {
          new Worker(__filename).on('message', () => --open || insert(exit))
        }
      } else insert(() => {
        parentPort.postMessage('done')
        setInterval(() => {}, 1000) // it is still there when the process ends
      })`
    checkWriters(t, await watch(t, code), 3)
  })

  t.test('an abort loses nothing with `written`', async t => {
    const code = `
      const { spawnSync } = require('node:child_process')
      if (process.argv[2]) insert(() => process.abort())
      else {
        const { signal } = spawnSync(process.execPath, [__filename, 'child'])
        console.log(signal)
      }`
    const result = await watch(t, code, 'written')
    t.equal(result.stdout, 'SIGABRT\n')
    checkWriters(t, result, 1)
  })
})
