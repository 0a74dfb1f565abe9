import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { ROOT, run } from '../fixtures/run.ts'
import { useServer } from '../fixtures/server.ts'
import { tampering } from '../fixtures/tampered-calls.ts'

const DELAY_MS = 500
const MAX_RECORDS = 20
const HELD_UP = Object.fromEntries(
  ['write', 'pwrite64', 'writev'].map(call => [
    call,
    `delay_enter=${DELAY_MS * 1000}`,
  ]),
)

/** Operations for some seconds, and when they began and ended. */
const application = (uri: string, dbName: string) => `
  const { MongoClient } = require('mongodb')
  async function main() {
    const client = await MongoClient.connect(${JSON.stringify(uri)})
    const pay = client.db(${JSON.stringify(dbName)}).collection('payments')
    const note = 'x'.repeat(8000)
    await pay.findOne({ note })
    const began = Date.now()
    let count = 1
    const work = async () => {
      for (; Date.now() - began < 8000; count++) await pay.findOne({ note })
    }
    await Promise.all(Array.from({ length: 8 }, work))
    console.log(JSON.stringify({ began, ended: Date.now(), count }))
    await client.close()
  }
  main()`

t.test('an application whose audit file is on a slow disk', async t => {
  const { uri, dbName } = await useServer(t)
  const folder = t.testdir()
  const filename = join(folder, 'audit.jsonl')
  const log = join(folder, 'calls')
  const words = tampering(HELD_UP, { path: filename, log })
  if (words === undefined) return t.comment('NOT RUN: no tampered calls')
  const node = join(folder, 'node')
  writeFileSync(filename, '') // calls are told by the path
  writeFileSync(
    node,
    `#!/bin/sh\nexec ${words.join(' ')} ${process.execPath} "$@"\n`,
  )
  chmodSync(node, 0o755)

  const { stdout, stderr, code } = await run(t, {
    code: application(uri, dbName),
    node,
    packages: [join(ROOT, 'node_modules/mongodb')],
    config: {
      version: 1,
      handlers: {
        audit: {
          class: 'file',
          filename,
          queue: { max_records: MAX_RECORDS },
        },
      },
      loggers: { mongowatch: { handlers: ['audit'] } },
    },
  })
  t.equal(code, 0, stderr)
  const { began, ended, count } = JSON.parse(stdout)

  const writes = readFileSync(log, 'utf8').match(/(?<=^\d+ +)\d+\.\d+/gm) ?? []
  const during = writes.filter(
    time => Number(time) * 1000 >= began && Number(time) * 1000 <= ended,
  )
  t.ok(during.length > 2, 'it wrote to the file')
  // each call took DELAY_MS: half of the time, a second, and the last one
  const most = ((ended - began) / 2 + 1000) / DELAY_MS + 1
  t.ok(during.length <= most, `${during.length} calls, of ${most}`)

  const records = readFileSync(filename, 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  const of = (name: string) => records.filter(r => r.Operation === name)
  const found = of('findOne').length
  const dropped = of('$drop').reduce((sum, r) => sum + r.Options.count, 0)
  t.comment(`${count} operations, ${dropped} lost`)
  t.ok(count > 10 * MAX_RECORDS, `${count} operations`)
  t.ok(dropped > 0, 'the disk was too slow for all of them')
  const all = records.map(record => record.Seq).filter(seq => seq !== undefined)
  t.equal(dropped, Math.max(...all) - all.length, 'what was lost, $drop says')
  t.ok(count - found <= dropped)
  t.match(of('$drop')[0].Options, { reason: 'The disk is slow' })
  t.match(of('$stop')[0]?.Options, { seen: count })
})
