import { cpSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import * as index from '../src/index.ts'
import { runBareNode } from './fixtures/bare-node.ts'
import { driverPath } from './fixtures/packages.ts'
import { ROOT, run } from './fixtures/run.ts'

const DIST = join(ROOT, 'dist')
const BUNDLES = ['bundle.js', 'bundle-rare.js', 'hook/driver-hooks.js']

t.test('a process under the mask loads few files', async t => {
  const code = `
    require('mongodb')
    const { relative } = require('node:path')
    const files = Object.keys(require.cache).map(
      file => relative(${JSON.stringify(DIST)}, file))
    console.log(JSON.stringify(files.filter(file => !/^\\.\\./.test(file))))`
  const config = (folder: string) => ({
    version: 1,
    handlers: { audit: { class: 'file', filename: `${folder}/audit.jsonl` } },
  })
  const packages = [await driverPath('7.9.0')]
  const { stdout } = await run(t, { code, config, packages })
  t.same(JSON.parse(stdout).sort(), [
    'bundle.js',
    'config/yaml-bundle.js',
    'hook/driver-file.js',
    'hook/driver-hooks.js',
    'hook/guarded.js',
    'hook/install.js',
    'mongowatch.js',
    'start-folder.js',
    'warn.js',
  ])
})

t.test('the sample file is checked without the rarer part', async t => {
  const code = `
    const { readFileSync } = require('node:fs')
    const { config } = require(${JSON.stringify(join(DIST, 'bundle.js'))})
    const path = ${JSON.stringify(join(ROOT, 'etc/mongowatch.yaml'))}
    const source = { path, text: readFileSync(path, 'utf8') }
    const { root } = config.FILES.parseYaml().parseYaml(source)
    config.FILES.checkNode().checkNode(root, process.env, 'used')
    const files = Object.keys(require.cache)
    console.log(files.length > 1, files.some(file => /rare/.test(file)))`
  const { stdout } = await run(t, { code, mask: 'none' })
  t.equal(stdout, 'true false\n')
})

t.test('what it loads is what the package exports', async t => {
  const bundle = require(join(DIST, 'bundle.js'))
  const exported = require(join(DIST, 'index.js'))
  t.same(Object.keys(exported).sort(), Object.keys(index).sort())
  for (const [name, value] of Object.entries(exported))
    t.equal(value, bundle.index[name], name)
  t.equal(require(join(DIST, 'mongowatch.js')), bundle.mongowatch)
})

t.test('what few processes need is in a file of its own', async t => {
  const [main = '', rare = ''] = BUNDLES.map(file => join(DIST, file))
  const modulesOf = (file: string) => {
    const found = readFileSync(file, 'utf8').matchAll(/\bsrc\/[\w/-]+\.ts\b/g)
    return new Set([...found].map(([name]) => name))
  }
  const inMain = modulesOf(main)
  const inRare = modulesOf(rare)
  t.ok(inMain.has('src/record/record.ts'))
  t.ok(inRare.has('src/filters/redact.ts'))
  const inBoth = [...inRare].filter(name => inMain.has(name))
  t.same(inBoth, [], 'and no module is there twice')
  const parts = Object.entries<() => object>(require(rare))
  t.ok(parts.length > 20)
  for (const [name, load] of parts) t.ok(Object.keys(load()).length > 0, name)
})

t.test('the same sources make the same files', async t => {
  const copy = t.testdir()
  for (const name of ['package.json', 'tsconfig.json', 'src', 'etc', 'dist'])
    cpSync(join(ROOT, name), join(copy, name), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
  for (const file of BUNDLES) rmSync(join(copy, 'dist', file))
  const { stderr } = runBareNode([join(copy, 'etc/build/bundle.cjs')])
  t.equal(stderr, '')
  const read = (root: string) =>
    BUNDLES.map(file => readFileSync(join(root, 'dist', file), 'latin1'))
  const [before, after] = [read(ROOT), read(copy)]
  for (const [i, file] of BUNDLES.entries()) t.ok(after[i] === before[i], file) // no difference of half a megabyte
})

t.test('its code runs in strict mode, as the modules do', async t => {
  for (const file of BUNDLES) {
    const text = readFileSync(join(DIST, file), 'utf8')
    t.match(text, /^'use strict'\n/, file)
    // V8 keeps and reads a text with other characters at two bytes each
    t.notMatch(text, /[^\0-\x7f]/, `${file} is ASCII`)
  }
})

t.test(
  'an error that ends the application shows a line of usual length',
  async t => {
    const code = `
    const { MongoClient } = require('mongodb')
    const client = new MongoClient('mongodb://127.0.0.1:1')
    client.db('shop').collection('orders').aggregate({})`
    const packages = [await driverPath('7.9.0')]
    const [bare, masked] = await Promise.all([
      run(t, { code, packages, mask: 'none' }),
      run(t, { code, packages }),
    ])
    t.equal(bare.code, 1)
    t.equal(masked.code, 1)
    t.match(masked.stderr, /Argument "pipeline" must be an array/)
    const longest = (text: string) =>
      Math.max(...text.split('\n').map(line => line.length))
    t.ok(longest(masked.stderr) < longest(bare.stderr) + 100, masked.stderr)
  },
)
