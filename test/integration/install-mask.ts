import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { commandLine, runFile } from '../fixtures/command-line.ts'
import { recordsToFile } from '../fixtures/run.ts'
import { useServer } from '../fixtures/server.ts'

const MONGODB = join(__dirname, '../../node_modules/mongodb')
const APPLICATION = `
  const { MongoClient } = require(${JSON.stringify(MONGODB)})
  const client = new MongoClient(process.env.URI)
  const orders = client.db(process.env.DB).collection('orders')
  orders.insertOne({ a: 1 }).then(() => client.close())`

t.test('after an install an application is really watched', async t => {
  const server = await useServer(t)
  const home = t.testdir({ 'app.js': APPLICATION })
  const records = join(home, 'records.jsonl')
  const config = join(home, 'mongowatch.json')
  writeFileSync(config, JSON.stringify(recordsToFile(records)))
  const env = {
    HOME: home,
    URI: server.uri,
    DB: server.dbName,
    MONGOWATCH_CONFIG: config,
  }
  const install = async (...targets: string[]) => {
    const stub = join(home, 'stub/register.cjs')
    const args = ['--install', ...targets, '--stub', stub, '--yes']
    const options = { cwd: home, env }
    const done = await commandLine('mongowatch-install-mask', args, options)
    t.equal(done.stderr, '')
  }
  const operations = () => {
    const lines = readFileSync(records, 'utf8').trim().split('\n')
    rmSync(records)
    const names = lines.map(line => JSON.parse(line).Operation)
    return names.filter(name => !name.startsWith('$'))
  }
  const node = `"${process.execPath}" app.js`

  await t.test('from a login shell', async t => {
    await install('profile')
    const done = await runFile('bash', ['-lc', node], { cwd: home, env })
    t.same(done, { code: 0, stdout: '', stderr: '' })
    t.same(operations(), ['insertOne', 'close'])
  })

  await t.test("with a drop-in's environment", async t => {
    const units = join(home, 'image/etc/systemd/system')
    mkdirSync(units, { recursive: true })
    writeFileSync(join(units, 'shop.service'), '[Service]\nExecStart=/x\n')
    await install('systemd:shop', '--root', join(home, 'image'))
    const folder = 'image/etc/systemd/system/shop.service.d'
    const dropIn = readFileSync(
      join(home, folder, 'zz-mongowatch.conf'),
      'utf8',
    )
    const value = /^Environment="NODE_OPTIONS=(.*)"$/m.exec(dropIn)?.[1] ?? ''
    const unit = { cwd: home, env: { ...env, NODE_OPTIONS: value } }
    t.equal((await runFile(process.execPath, ['app.js'], unit)).code, 0)
    t.same(operations(), ['insertOne', 'close'])
  })

  await t.test('with a .env file that node reads', async t => {
    await install('env')
    const args = ['--env-file=.env', '-e', SPAWN]
    t.equal((await runFile(process.execPath, args, { cwd: home, env })).code, 0)
    t.same(operations(), ['insertOne', 'close'])
  })
})

/** NODE_OPTIONS of an --env-file reaches the programs that node starts. */
const SPAWN =
  'require("child_process").spawnSync(process.execPath, ["app.js"], { stdio: "inherit" })'
