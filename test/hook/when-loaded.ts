import { dirname } from 'node:path'
import t from 'tap'
import {
  MONGODB,
  onEveryNode,
  REGISTER_CJS,
  runApplication,
} from '../fixtures/hook.ts'

t.jobs = 2
t.setTimeout(300_000)

const RITM = dirname(require.resolve('require-in-the-middle/package.json'))

onEveryNode(t, 'require and its modules are as they were', async (t, node) => {
  const { code, stdout } = await runApplication(t, {
    node,
    mask: 'none',
    args: ['--require', './before.cjs', '--require', REGISTER_CJS, 'app.cjs'],
    files: {
      'before.cjs': `
        const Module = require('node:module')
        globalThis.look = () => [
          Object.getOwnPropertyDescriptor(Module.prototype, 'require'),
          process.getBuiltinModule,
        ]
        globalThis.before = look()
        globalThis.during = []
        const load = Module._extensions['.js']
        Module._extensions['.js'] = (module, filename) => {
          if (/mongodb.lib/.test(filename)) during.push(look(), module.loaded)
          load(module, filename)
        }`,
      'app.cjs': `
        require('mongodb')
        const { deepStrictEqual, ok } = require('node:assert')
        ok(during.length > 200)
        deepStrictEqual(during, during.map((_, i) => i % 2 ? false : before))
        deepStrictEqual(look(), before)
        const shape = { value: true, writable: true, enumerable: true, configurable: true }
        for (const module of Object.values(require.cache)) {
          if (module.filename === __filename) continue
          const loaded = Object.getOwnPropertyDescriptor(module, 'loaded')
          deepStrictEqual(loaded, shape, module.filename)
        }`,
    },
  })
  t.match({ code, stdout }, { code: 0, stdout: '' })
})

/** An agent that watches every file of the driver by the same means. */
const AGENT = `
const { Hook } = require('require-in-the-middle')
let files = 0
new Hook(['mongodb'], { internals: true }, exports => {
  files += 1
  return exports
})
process.on('exit', () => console.log(files > 100))`

onEveryNode(t, 'another agent sees the driver as well', async (t, node) => {
  const agent = ['--require', './agent.cjs']
  const register = ['--require', REGISTER_CJS]
  for (const flags of [
    [...agent, ...register],
    [...register, ...agent],
  ]) {
    const { code, stdout } = await runApplication(t, {
      node,
      mask: 'none',
      packages: [MONGODB, RITM],
      args: [...flags, 'app.cjs'],
      files: {
        'agent.cjs': AGENT,
        'app.cjs': `require('./probe.cjs')(require('mongodb').Collection)`,
      },
    })
    t.match({ code, stdout }, { code: 0, stdout: 'watched\ntrue\n' })
  }
})

t.test('a driver that fails to load is seen when it loads later', async t => {
  const { code, stdout, stderr } = await runApplication(t, {
    files: {
      'app.cjs': `
        const Module = require('node:module')
        const load = Module._load
        Module._load = (name, ...rest) => {
          if (name === './mongo_client') throw new Error('not this time')
          return load(name, ...rest)
        }
        try { require('mongodb') } catch (e) { console.log(e.message) }
        Module._load = load
        require('./probe.cjs')(require('mongodb').Collection)`,
    },
    args: ['app.cjs'],
  })
  t.match(
    { code, stdout, stderr },
    { code: 0, stdout: 'not this time\nwatched\n', stderr: '' },
  )
})
