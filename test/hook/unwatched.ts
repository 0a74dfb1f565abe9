import t from 'tap'
import { onEveryNode, REGISTER_CJS, runApplication } from '../fixtures/hook.ts'
import { packagePath } from '../fixtures/packages.ts'

t.jobs = 2
t.setTimeout(300_000)

onEveryNode(
  t,
  'a driver of another age is named at once, and once',
  async (t, node) => {
    const { code, stdout, stderr } = await runApplication(t, {
      node,
      packages: [await packagePath('mongodb', '3.7.4')],
      code: `
      require('mongodb')
      setTimeout(() => { require('node:fs').writeSync(2, 'later\\n') }, 100)`,
    })
    t.match({ code, stdout }, { code: 0, stdout: '' })
    const [atOnce = '', later] = stderr.split('later\n')
    t.same(atOnce.match(/^.*not watched.*$/gm)?.length, 1)
    t.match(atOnce, /the driver .*mongodb is not watched: no Collection in/)
    t.equal(later, '')
  },
)

/** Takes our watch away again, as a tool that changes Node's loader may. */
const LATER = `require('node:module')._nodeModulePaths = original`
const EARLIER = `globalThis.original = require('node:module')._nodeModulePaths`

onEveryNode(
  t,
  'a driver that came past us is named at the end',
  async (t, node) => {
    const { code, stdout, stderr } = await runApplication(t, {
      node,
      mask: 'none',
      args: [
        '--require',
        './earlier.cjs',
        '--require',
        REGISTER_CJS,
        '--require',
        './later.cjs',
        'app.cjs',
      ],
      files: {
        'earlier.cjs': EARLIER,
        'later.cjs': LATER,
        'app.cjs': `require('./probe.cjs')(require('mongodb').Collection)`,
      },
    })
    t.match({ code, stdout }, { code: 0, stdout: 'bare\n' })
    t.match(stderr, /^mongowatch: the driver .*mongodb is not watched: .*\n$/)
  },
)

t.test('nothing is said of a package that only has a similar name', async t => {
  const result = await runApplication(t, {
    code: `require('mongodb-core')`,
    files: {
      'node_modules/mongodb-core/lib/collection.js': '',
      'node_modules/mongodb-core/package.json': '{"main":"lib/collection.js"}',
    },
  })
  t.match(result, { code: 0, stdout: '', stderr: '' })
})

t.test(
  'nothing is said when only an unwatched part of the driver is loaded',
  async t => {
    const code = `require('mongodb/lib/read_preference')`
    const result = await runApplication(t, { code })
    t.match(result, { code: 0, stdout: '', stderr: '' })
  },
)

t.test('a package mongodb without the driver is named, once', async t => {
  const { code, stdout, stderr } = await runApplication(t, {
    packages: [],
    code: `console.log(require('mongodb').own, require('mongodb/dist/b.js'))`,
    files: {
      'node_modules/mongodb/index.js': 'exports.own = 1',
      'node_modules/mongodb/dist/b.js': 'module.exports = 2',
    },
  })
  t.match({ code, stdout }, { code: 0, stdout: '1 2\n' })
  t.match(
    stderr,
    /^mongowatch: the driver .*mongodb is not watched: it has no lib\/.* \(MONGOWATCH_NOT_WATCHED\)\n$/,
  )
})

onEveryNode(
  t,
  'nothing is said of a driver whose import is only prepared',
  async (t, node) => {
    const chain = Array.from({ length: 10 }, (_, i) => `chain${i}.mjs`)
    const next = chain
      .map((_, i) => chain[i + 1])
      .map(f => f && `import './${f}'`)
    const { code, stdout, stderr } = await runApplication(t, {
      node,
      name: 'app.mjs',
      code: `
        import { Collection } from 'mongodb'
        import 'mongodb/lib/error.js'
        import './chain0.mjs'
        import probe from './probe.cjs'
        probe(Collection)`,
      files: Object.fromEntries(chain.map((f, i) => [f, next[i] ?? ''])),
    })
    t.match(
      { code, stdout, stderr },
      { code: 0, stdout: 'watched\n', stderr: '' },
    )
  },
)

onEveryNode(
  t,
  'nor of one in an application with timers of its own',
  async (t, node) => {
    const result = await runApplication(t, {
      node,
      code: `
        globalThis.setImmediate = () => { throw new Error('a call too many') }
        require('./probe.cjs')(require('mongodb').Collection)`,
    })
    t.match(result, { code: 0, stdout: 'watched\n', stderr: '' })
  },
)
