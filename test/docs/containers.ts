import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { parse, parseAllDocuments } from 'yaml'
import { hadolint, kubernetesValidate } from '../fixtures/checkers.ts'
import { commandLine, runFile } from '../fixtures/command-line.ts'
import { unlessInstalled } from '../fixtures/has-program.ts'
import { ROOT } from '../fixtures/run.ts'
import { useServer } from '../fixtures/server.ts'

const PAGE = readFileSync(join(ROOT, 'docs/containers.md'), 'utf8')

/** The example of a section. */
function example(heading: string, language: string): string {
  const [, section = ''] = PAGE.split(`## ${heading}\n`)
  const [, text] = new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(
    section,
  ) ?? [undefined, undefined]
  if (text === undefined) throw new Error(`No ${language} in ${heading}`)
  return text
}

const DOCKERFILE = example('A Dockerfile', 'dockerfile')
const COMPOSE = example('A compose file', 'yaml')
const MANIFEST = example('Kubernetes', 'yaml')
const UNIT = example('A systemd unit', 'ini')
const CAREFUL = example('A file that may be missing', 'sh')

/** NODE_OPTIONS of each example, as Node gets it. */
const OPTIONS = {
  Dockerfile: /^ENV NODE_OPTIONS="(.*)"$/m.exec(DOCKERFILE)?.[1],
  compose: parse(COMPOSE).services.shop.environment.NODE_OPTIONS,
  Kubernetes: containerOf(MANIFEST).env[0].value,
  systemd: /^Environment="NODE_OPTIONS=(.*)"$/m.exec(UNIT)?.[1],
  stub: /^NODE_OPTIONS="(.*)"$/m.exec(CAREFUL)?.[1],
} as const

function containerOf(manifest: string) {
  const [, deployment] = parseAllDocuments(manifest).map(each => each.toJS())
  return deployment.spec.template.spec.containers[0]
}

function fileOf(t: Test, name: string, text: string): string {
  const file = join(t.testdir({}), name)
  writeFileSync(file, text)
  return file
}

t.test('hadolint finds nothing in the Dockerfile', async t => {
  const { stdout, stderr } = await hadolint(fileOf(t, 'Dockerfile', DOCKERFILE))
  const important = `${stdout}${stderr}`.split('\n').filter(Boolean)
  t.same(
    important.filter(line => !line.includes(' info')),
    [],
  )
})

t.test('the Dockerfile installs this version', async t => {
  const { version } = require(join(ROOT, 'package.json'))
  t.match(DOCKERFILE, `npm install --global mongowatch@${version} `)
  t.match(MANIFEST, `image: example.org/mongowatch:${version}\n`)
})

t.test('the manifest is what Kubernetes expects', async t => {
  const manifest = fileOf(t, 'shop.yaml', MANIFEST)
  const { code, stdout, stderr } = await kubernetesValidate(manifest)
  t.equal(code, 0, stdout + stderr)
  const wrong = MANIFEST.replace('readOnly:', 'readonly:')
  const { code: other } = await kubernetesValidate(fileOf(t, 'b.yaml', wrong))
  t.equal(other, 1, 'and an unknown key is not')
  const [map] = parseAllDocuments(MANIFEST).map(each => each.toJS())
  const config = fileOf(t, 'mongowatch.yaml', map.data['mongowatch.yaml'])
  const checked = await commandLine('mongowatch', ['check-config', config])
  t.equal(checked.code, 0, checked.stderr)
})

t.test(
  'systemd finds nothing in the unit',
  { skip: unlessInstalled('systemd-analyze') },
  async t => {
    const unit = fileOf(t, 'shop.service', UNIT)
    const done = await runFile('systemd-analyze', ['verify', unit])
    t.same(done, { code: 0, stdout: '', stderr: '' })
  },
)

t.test(
  'compose does with NODE_OPTIONS what the page says',
  { skip: unlessInstalled('docker-compose') },
  async t => {
    const folder = t.testdir({
      'mongowatch.yaml': 'version: 1\n',
      'shop.env': 'NODE_OPTIONS=--of-the-file\n',
    })
    /** NODE_OPTIONS of the service when compose has read these files. */
    const options = async (...texts: string[]) => {
      const args = texts.flatMap((text, index) => {
        writeFileSync(join(folder, `${index}.yaml`), text)
        return ['--file', `${index}.yaml`]
      })
      const env = { NODE_OPTIONS: '--of-the-host', COMPOSE_PROJECT_NAME: 'x' }
      const all = [...args, 'config']
      const done = await runFile('docker-compose', all, { cwd: folder, env })
      t.equal(done.code, 0, done.stderr)
      return parse(done.stdout).services.shop.environment.NODE_OPTIONS
    }
    const service = (lines: string) =>
      `services:\n  shop:\n    image: x\n${lines}`
    const set = (value: string) =>
      service(`    environment:\n      NODE_OPTIONS: ${value}\n`)
    const fromFile = service('    env_file: shop.env\n')

    t.equal(await options(COMPOSE), OPTIONS.compose)
    t.equal(await options(fromFile), '--of-the-file')
    t.equal(await options(fromFile, set('--ours')), '--ours', 'it wins')
    t.equal(await options(set('--a'), set('--b')), '--b', 'one value')
    t.equal(await options(set('')), '--of-the-host', 'without a value')
    const dollars = [set('--a$$b'), set(`\${NODE_OPTIONS} --c`)]
    t.equal((await options(dollars[0] ?? '')).replace('$$', '$'), '--a$b')
    t.equal(await options(dollars[1] ?? ''), '--of-the-host --c')
  },
)

t.test('the options start the audit', async t => {
  const server = await useServer(t)
  const mongodb = JSON.stringify(join(ROOT, 'node_modules/mongodb'))
  const app = fileOf(
    t,
    'app.js',
    `const { MongoClient } = require(${mongodb})
    const client = new MongoClient(process.env.URI)
    const orders = client.db(process.env.DB).collection('orders')
    orders.insertOne({ a: 1 }).then(() => client.close())`,
  )
  const run = (options: string) => {
    const db = { URI: server.uri, DB: server.dbName }
    const env = { ...db, NODE_OPTIONS: options }
    return runFile(process.execPath, [app], { env })
  }
  const PLACE = /\/(usr(\/local)?\/lib\/node_modules|opt\/watch)\/mongowatch/
  for (const [name, options] of Object.entries(OPTIONS)) {
    t.match(options, PLACE, name)
    const { code, stderr } = await run(options.replace(PLACE, ROOT))
    t.equal(code, 0, stderr)
    t.match(stderr, "Operation='insertOne'", name)
    const missing = await run(options.replace(PLACE, '/nonexistent'))
    const isCareful = name === 'stub'
    t.equal(missing.code, isCareful ? 0 : 1, `${name}, and the file missing`)
  }
})
