import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import t, { type Test } from 'tap'
import { ROOT, run } from '../fixtures/run.ts'
import { useServer } from '../fixtures/server.ts'

const COUNT = 20
const installed = (name: string) => join(ROOT, 'node_modules', name)

t.test('transports named in a configuration file', async t => {
  const { uri, dbName } = await useServer(t)
  const code = `
    const { MongoClient } = require('mongodb')
    async function main() {
      const client = await MongoClient.connect(${JSON.stringify(uri)})
      const shop = client.db(${JSON.stringify(dbName)}).collection('shop')
      for (let i = 0; i < ${COUNT}; i++) await shop.insertOne({ i })
      await client.close()
      console.log('the application is done')
    }
    main()`

  /** Runs the application with one handler; its own output must be as ever. */
  async function watch(t: Test, handler: (folder: string) => object) {
    const result = await run(t, {
      code,
      packages: [
        'mongodb',
        'winston-daily-rotate-file',
        'winston-syslog',
        'winston-mongodb',
      ].map(installed),
      config: folder => ({
        version: 1,
        formatters: { json: { type: 'json' } },
        handlers: { mine: { formatter: 'json', ...handler(folder) } },
        loggers: { mongowatch: { handlers: ['mine'] } },
      }),
    })
    t.equal(result.code, 0)
    return result
  }

  function checkRecords(t: Test, lines: readonly string[]) {
    const operations = lines.map(line => JSON.parse(line).Operation)
    t.equal(operations.filter(name => name === 'insertOne').length, COUNT)
    t.equal(operations[0], '$start')
    t.equal(operations.at(-1), '$stop')
  }

  const linesOf = (path: string) =>
    readFileSync(path, 'utf8').trim().split('\n')

  t.test('winston.transports.File', async t => {
    const { folder, stderr } = await watch(t, folder => ({
      class: 'winston.transports.File',
      options: { filename: join(folder, 'winston.log') },
    }))
    checkRecords(t, linesOf(join(folder, 'winston.log')))
    t.equal(stderr, '')
  })

  t.test('winston.transports.Console', async t => {
    const { stdout, stderr } = await watch(t, () => ({
      class: 'winston.transports.Console',
    }))
    const lines = stdout.trim().split('\n')
    const isOwn = (line: string) => line === 'the application is done'
    t.equal(lines.filter(isOwn).length, 1)
    checkRecords(
      t,
      lines.filter(line => !isOwn(line)),
    )
    t.equal(stderr, '')
  })

  t.test('winston.transports.Stream, to a file', async t => {
    const { folder, stderr } = await watch(t, folder => ({
      class: 'winston.transports.Stream',
      options: { stream: join(folder, 'stream.log') },
    }))
    checkRecords(t, linesOf(join(folder, 'stream.log')))
    t.equal(stderr, '')
  })

  t.test('winston.transports.Http', async t => {
    const received: string[] = []
    const server = createServer(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      received.push(JSON.parse(body).message)
      response.end('ok')
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.teardown(() => server.close())
    const { port } = server.address() as AddressInfo
    const { stderr } = await watch(t, () => ({
      class: 'winston.transports.Http',
      options: { host: '127.0.0.1', port },
    }))
    const order = (line: string) => JSON.parse(line).Seq
    checkRecords(
      t,
      received.sort((a, b) => order(a) - order(b)),
    )
    t.equal(stderr, '')
  })

  t.test('winston-daily-rotate-file', async t => {
    const { folder, stderr } = await watch(t, folder => ({
      module: 'winston-daily-rotate-file',
      options: { filename: join(folder, 'daily-%DATE%.log'), maxFiles: '3d' },
    }))
    const name = readdirSync(folder).find(name => name.startsWith('daily-'))
    checkRecords(t, linesOf(join(folder, String(name))))
    t.equal(stderr, '')
  })

  t.test('winston-syslog', async t => {
    const socket = createSocket('udp4')
    const received: string[] = []
    socket.on('message', message => received.push(message.toString()))
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
    t.teardown(() => socket.close())
    const { port } = socket.address()
    const { stderr } = await watch(t, () => ({
      module: 'winston-syslog',
      export: 'Syslog',
      options: { host: '127.0.0.1', port, protocol: 'udp4', type: '5424' },
    }))
    t.equal(received.filter(text => /"insertOne"/.test(text)).length, COUNT)
    t.equal(stderr, '')
  })

  t.test('winston-mongodb, whose own writes are not records', async t => {
    const { stderr } = await watch(t, () => ({
      module: 'winston-mongodb',
      export: 'MongoDB',
      options: { db: uri, dbName, collection: 'audit' },
    }))
    const client = await MongoClient.connect(uri)
    t.teardown(() => client.close())
    const audit = client.db(dbName).collection('audit')
    const found = await audit.find().sort({ _id: 1 }).toArray()
    checkRecords(
      t,
      found.map(({ message }) => message),
    )
    const collections = found.map(
      ({ message }) => JSON.parse(message).Collection,
    )
    t.same(new Set(collections), new Set([undefined, 'shop']))
    t.equal(stderr, '')
  })
})
