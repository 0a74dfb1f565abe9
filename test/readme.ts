import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { cacheFolder } from '../src/cli/server/cache.ts'
import { runFile } from './fixtures/command-line.ts'
import { driverPath } from './fixtures/packages.ts'
import { ROOT } from './fixtures/run.ts'
import { useServer } from './fixtures/server.ts'

const README = readFileSync(join(ROOT, 'README.md'), 'utf8')

/** The first block of this language that contains a text. */
function block(language: string, text: string): string {
  const blocks = README.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)
  for (const [, found, body = ''] of blocks)
    if (found === language && body.includes(text)) return body
  throw new Error(`README.md has no block of ${language} with ${text}`)
}

const APPLICATION = `
async function main() {
  const client = new MongoClient(process.env.MONGODB_URI)
  const orders = client.db(process.env.DB).collection('orders')
  await orders.insertMany([{ n: 1 }, { n: 2 }, { n: 3 }])
  await orders.find({ n: { $gt: 1 } }).toArray()
  await orders.deleteMany({})
  await client.close()
}
main()
`
const REQUIRE = `const { MongoClient } = require('mongodb')\n`
const IMPORT = `import { MongoClient } from 'mongodb'\n`

t.test('what the README says works in an empty folder', async t => {
  const server = await useServer(t)
  const folder = mkdtempSync(join(tmpdir(), 'mongowatch-readme-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const shell = (
    command: string,
    env: Record<string, string> = {},
    cwd = folder,
  ) =>
    runFile(
      '/usr/bin/env',
      ['-u', 'NODE_OPTIONS', ...pairs(env), 'sh', '-ec', command],
      { cwd },
    )
  const base = {
    MONGODB_URI: server.uri,
    DB: server.dbName,
    HOME: process.env.HOME ?? '',
  }
  const pack = await shell(
    `npm pack --silent --ignore-scripts --pack-destination ${folder} ${ROOT}`,
    base,
  )
  const tarball = join(folder, pack.stdout.trim())
  writeFileSync(join(folder, 'package.json'), '{"private": true}')
  writeFileSync(join(folder, 'app.js'), REQUIRE + APPLICATION)
  writeFileSync(join(folder, 'app.mjs'), IMPORT + APPLICATION)
  const lines = [
    /collection .*Operation='insertMany' .*InsertedCount=3/,
    /cursor .*Operation='find' .*MatchedCount=2/,
  ]

  await t.test('one start, typed as it stands', async t => {
    await shell('npm install --silent mongodb@7.9.0', base)
    const commands = block('sh', 'node --require')
    await shell(`npm install --silent ${tarball}`, base)
    const { code, stderr } = await shell(commands, base)
    t.equal(code, 0, stderr)
    for (const line of lines) t.match(stderr, line)
  })

  await t.test('the other flag, and an application of ES modules', async t => {
    for (const flag of ['--require', '--import'])
      for (const app of ['app.js', 'app.mjs']) {
        const { code, stdout, stderr } = await shell(
          `node ${flag} mongowatch/register ${app}`,
          base,
        )
        t.same({ code, stdout }, { code: 0, stdout: '' }, `${flag} ${app}`)
        for (const line of lines) t.match(stderr, line, `${flag} ${app}`)
      }
  })

  await t.test(
    'the environment of a container, for an application elsewhere',
    async t => {
      const elsewhere = join(folder, 'else where')
      mkdirSync(join(elsewhere, 'node_modules'), { recursive: true })
      symlinkSync(
        await driverPath('6.22.0'),
        join(elsewhere, 'node_modules/mongodb'),
      )
      writeFileSync(join(elsewhere, 'app.js'), REQUIRE + APPLICATION)
      const line =
        block('Dockerfile', 'ENV').match(/ENV (NODE_OPTIONS=.*)/)?.[1] ?? ''
      const assignment = line.replace('/usr/local/lib', folder)
      t.match(assignment, folder)
      const { stderr } = await shell(
        `${assignment} node app.js`,
        base,
        elsewhere,
      )
      for (const line of lines) t.match(stderr, line)
      const off = await shell(
        `${assignment} MONGOWATCH_DISABLED=1 node app.js`,
        base,
        elsewhere,
      )
      t.same(off, { code: 0, stdout: '', stderr: '' })
    },
  )

  await t.test('one line of code instead of a preload', async t => {
    const code = block('js', 'patchMongodb') + REQUIRE + APPLICATION
    writeFileSync(join(folder, 'patched.js'), code)
    const { stderr } = await shell('node patched.js', base)
    for (const line of lines) t.match(stderr, line)
  })

  await t.test('the configuration', async t => {
    writeFileSync(join(folder, 'mongowatch.yaml'), block('yaml', 'handlers'))
    const { code, stderr } = await shell(
      'node --require mongowatch/register app.js',
      base,
    )
    t.equal(code, 0, stderr)
    const file = readFileSync(join(folder, 'audit.jsonl'), 'utf8')
    const operations = file
      .trim()
      .split('\n')
      .map(line => JSON.parse(line).Operation)
    t.same(operations, [
      '$start',
      'insertMany',
      'find',
      'deleteMany',
      'close',
      '$stop',
    ])
  })

  await t.test('the demo of an installed package', async t => {
    const cache = join(folder, 'cache')
    mkdirSync(cache)
    symlinkSync(cacheFolder(), join(cache, 'mongowatch')) // no second download
    const env = { ...base, XDG_CACHE_HOME: cache, TMPDIR: folder }
    const { code, stdout, stderr } = await shell('npx mongowatch demo', env)
    t.equal(code, 0, stderr)
    t.match(
      stdout,
      /(\d+) operations in the driver \(batches count\): \1 recorded, 0 lost/,
    )
  })
})

function pairs(env: Record<string, string>): string[] {
  return Object.entries(env).map(([name, value]) => `${name}=${value}`)
}
