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

onEveryNode(t, 'another agent hears of module.loaded too', async (t, node) => {
  const { code, stdout, stderr } = await runApplication(t, {
    node,
    code: `
      const Module = require('node:module')
      const ours = Module._nodeModulePaths
      let begun = 0
      let heard = 0
      const wait = module => {
        begun++
        let loaded = false
        Object.defineProperty(module, 'loaded', {
          configurable: true,
          get: () => loaded,
          set(value) { loaded = value; heard++ },
        })
      }
      Module._nodeModulePaths = function (folder) {
        for (const module of Object.values(require.cache)) {
          const { get } = Object.getOwnPropertyDescriptor(module, 'loaded')
          if (!module.loaded && !get && /mongodb.lib/.test(module.id)) wait(module)
        }
        return ours.call(this, folder)
      }
      require('./probe.cjs')(require('mongodb/lib/gridfs/upload').GridFSBucketWriteStream)
      console.log(begun > 5, begun - heard)`,
  })
  t.match(
    { code, stdout, stderr },
    { code: 0, stdout: 'watched\ntrue 0\n', stderr: '' },
  )
})

/** A file that is loaded last, alone: nothing that begins after it tells. */
const LEAF = `require('mongodb/lib/gridfs/upload').GridFSBucketWriteStream`

onEveryNode(t, 'a mock in the cache stays as it is', async (t, node) => {
  const { code, stdout, stderr } = await runApplication(t, {
    node,
    code: `
      const file = require.resolve('mongodb/lib/admin')
      const other = require.resolve('mongodb/lib/encrypter')
      const mock = (require.cache[file] = { exports: { Admin: class {} } })
      const unloaded = (require.cache[other] = { exports: {}, loaded: false })
      require('./probe.cjs')(${LEAF})
      console.log('loaded' in mock, Object.values(unloaded))`,
  })
  t.match(
    { code, stdout, stderr },
    { code: 0, stdout: 'watched\nfalse [ {}, false ]\n', stderr: '' },
  )
})

onEveryNode(t, 'an import that was given up hides nothing', async (t, node) => {
  const { code, stdout, stderr } = await runApplication(t, {
    node,
    files: {
      'gives-up.mjs': `import 'mongodb'; import { none } from './none.mjs'`,
      'none.mjs': '',
    },
    name: 'app.mjs',
    code: `
      import { createRequire } from 'node:module'
      import { setTimeout } from 'node:timers/promises'
      const require = createRequire(import.meta.url)
      await import('./gives-up.mjs').catch(e => console.log(e.name))
      require('mongodb/lib/error')
      await setTimeout(20)
      require('./probe.cjs')(${LEAF}, require('mongodb').Collection)`,
  })
  t.match(
    { code, stdout, stderr },
    { code: 0, stdout: 'SyntaxError\nwatched watched\n', stderr: '' },
  )
})
