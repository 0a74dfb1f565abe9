import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import t from 'tap'
import { findMongod, mongodFlags } from '../../../src/cli/server/mongod.ts'
import { secantusCommand } from '../../../src/cli/server/secantus.ts'
import { startServer } from '../../../src/cli/server/start.ts'

const tls = { certFile: 'c.pem', keyFile: 'k.pem', caFile: 'ca.pem' }

t.test('mongod gets the flags for what is asked for', async t => {
  const base = '--bind_ip 127.0.0.1 --port 1 --dbpath /d'
  const flags = (options: Parameters<typeof mongodFlags>[0]) =>
    mongodFlags(options, '/d', 1).join(' ')
  t.equal(flags({}), `${base} --replSet rs0`)
  t.equal(flags({ standalone: true }), base)
  t.equal(
    flags({ auth: { user: 'a', password: 'b' } }),
    `${base} --auth`,
    'a replica set with a password would need a key file',
  )
  t.equal(
    flags({ testCommands: true, standalone: true }),
    `${base} --setParameter enableTestCommands=1`,
  )
  t.match(flags({ tls }), '--tlsMode requireTLS --tlsCAFile ca.pem')
})

t.test('mongod of PATH is found only if it can be run', async t => {
  const folder = t.testdir({ mongod: '#!/bin/sh\n' })
  const path = process.env.PATH
  t.teardown(() => {
    process.env.PATH = path
  })
  process.env.PATH = `/nowhere:${folder}`
  t.equal(findMongod(), undefined)
  chmodSync(join(folder, 'mongod'), 0o755)
  t.equal(findMongod(), join(folder, 'mongod'))
})

t.test('mongod of PATH is started and initiated', async t => {
  // an executable with mongod's flags and log line, and another server behind
  const [python = '', script = ''] = await secantusCommand(t.comment)
  const folder = t.testdir()
  const mongod = join(folder, 'mongod')
  writeFileSync(
    mongod,
    `#!/bin/sh
echo "$@" > ${folder}/flags
(sleep 1; echo '{"msg":"Waiting for connections","attr":{"port":'$4',"ssl":"off"}}') &
exec ${python} ${script} --host 127.0.0.1 --port $4 --storage-path $6 --log-level ERROR
`,
  )
  chmodSync(mongod, 0o755)
  const path = process.env.PATH
  process.env.PATH = `${folder}:${path}`
  t.teardown(() => {
    process.env.PATH = path
  })
  const lines: string[] = []
  const server = await startServer({
    own: true,
    say: line => lines.push(line),
  })
  t.teardown(server.stop)
  t.equal(server.kind, 'mongod')
  t.match(lines, [mongod])
  t.match(readFileSync(join(folder, 'flags'), 'utf8'), '--replSet rs0')
  const client = new MongoClient(server.uri)
  const hello = await client.db('admin').command({ hello: 1 })
  t.equal(hello.isWritablePrimary, true)
  await client.close()
})
