import { rmSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import {
  copyPackage,
  onEveryNode,
  REGISTER_CJS,
  runApplication,
} from '../fixtures/hook.ts'

t.jobs = 2
t.setTimeout(300_000)

/** A loader that does not let anybody ask what begins to load. */
const CLOSED = `
Object.defineProperty(require('node:module'), '_nodeModulePaths', { writable: false })`

onEveryNode(
  t,
  'a driver is watched where the loader is closed',
  async (t, node) => {
    const files = {
      'closed.cjs': CLOSED,
      'app.cjs': `require('./probe.cjs')(require('mongodb').Collection)`,
      'app.mjs': `
        import { Collection } from 'mongodb'
        import probe from './probe.cjs'
        probe(Collection)`,
    }
    for (const program of ['app.cjs', 'app.mjs']) {
      const preloads = ['--require', './closed.cjs', '--require', REGISTER_CJS]
      const args = [...preloads, program]
      const result = await runApplication(t, {
        ...{ args, files, node },
        mask: 'none',
      })
      t.match(result, { code: 0, stdout: 'watched\n', stderr: '' }, program)
    }
  },
)

t.test('and without its package says why it is not', async t => {
  const folder = copyPackage(t)
  rmSync(join(folder, 'node_modules'))
  const register = join(folder, 'register.cjs')
  const { code, stdout, stderr } = await runApplication(t, {
    files: {
      'closed.cjs': CLOSED,
      'app.cjs': `require('./probe.cjs')(require('mongodb').Collection)`,
    },
    args: ['--require', './closed.cjs', '--require', register, 'app.cjs'],
    mask: 'none',
  })
  t.match({ code, stdout }, { code: 0, stdout: 'bare\n' })
  t.match(stderr, /^mongowatch: Cannot find module 'require-in-the-middle'.*\n/)
})
