import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { MongoClient } from 'mongodb'
import t from 'tap'
import { startServer } from '../../../src/cli/server/start.ts'
import { ROOT } from '../../fixtures/run.ts'

const own = { own: true, say: () => {} }

t.test('a server answers until it is stopped', async t => {
  const server = await startServer(own)
  const client = new MongoClient(server.uri)
  t.equal((await client.db('admin').command({ ping: 1 })).ok, 1)
  await client.close()
  await server.stop()
  t.equal(await answers(server.uri), false)
})

t.test('servers started at once do not meet', async t => {
  const servers = await Promise.all([startServer(own), startServer(own)])
  t.not(servers[0].uri, servers[1].uri)
  await Promise.all(servers.map(server => server.stop()))
})

t.test('a server with a password lets only its user in', async t => {
  const auth = { user: 'shop', password: 'a/b@c' }
  const server = await startServer({ ...own, auth })
  t.teardown(server.stop)
  const ping = async (uri: string) => {
    const client = new MongoClient(uri)
    try {
      return (await client.db('shop').collection('a').countDocuments()) === 0
    } finally {
      await client.close()
    }
  }
  t.equal(await ping(server.uri), true)
  await t.rejects(ping(server.uri.replace(/\/\/.*@/, '//')), { code: 13 })
})

t.test('a server ends when its process is killed', async t => {
  const script = `require('${ROOT}/dist/cli/server/start.js')
    .startServer({ own: true, say() {} })
    .then(server => { console.log(server.uri); setInterval(() => {}, 1000) })`
  const folder = t.testdir()
  const child = spawn(process.execPath, ['-e', script], {
    env: { ...process.env, TMPDIR: folder },
  })
  const [line] = await once(child.stdout, 'data')
  const uri = String(line).trim()
  t.equal(await answers(uri), true)
  child.kill('SIGKILL')
  await once(child, 'exit')
  for (let i = 0; i < 100 && (await answers(uri)); i++) await sleep(50)
  t.equal(await answers(uri), false)
  for (let i = 0; i < 100 && readdirSync(folder).length; i++) await sleep(50)
  t.same(readdirSync(folder), [], 'and its data is gone')
})

t.test('MONGOWATCH_TEST_URI is used, but not for a special server', async t => {
  const lines: string[] = []
  process.env.MONGOWATCH_TEST_URI = 'mongodb://127.0.0.1:1/'
  const given = await startServer({ say: line => lines.push(line) })
  t.equal(given.uri, 'mongodb://127.0.0.1:1/')
  t.match(lines, [/MONGOWATCH_TEST_URI/])
  const special = await startServer({ standalone: true, say: () => {} })
  t.not(special.kind, 'given')
  await special.stop()
  delete process.env.MONGOWATCH_TEST_URI
})

t.test('without any server, the message names the three ways', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'mongowatch-elsewhere-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  cpSync(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true })
  const script = `require('${folder}/dist/cli/server/start.js')
    .startServer({ say() {} })
    .catch(error => console.log(error.code, error.message))`
  const child = spawn(process.execPath, ['-e', script], {
    env: { PATH: folder, XDG_CACHE_HOME: folder },
  })
  const [line] = await once(child.stdout, 'data')
  for (const word of ['MONGOWATCH_NO_SERVER', 'TEST_URI', 'mongod', 'PyPI'])
    t.match(String(line), word)
  t.equal(existsSync(join(folder, 'mongowatch', 'secantusdb-0.7.0b3')), false)
})

/** Whether somebody listens there. */
function answers(uri: string): Promise<boolean> {
  const { hostname, port } = new URL(uri)
  return new Promise(resolve => {
    const socket = connect(Number(port), hostname)
    socket
      .once('connect', () => resolve(true))
      .once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
