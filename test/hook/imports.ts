import t from 'tap'
import {
  onEveryNode,
  REGISTER_CJS,
  REGISTER_MJS,
  runApplication,
} from '../fixtures/hook.ts'

t.jobs = 2
t.setTimeout(300_000)

/** A loader that brings the source of CommonJS files, as that of Yarn does. */
const LOADER = `
import { readFile } from 'node:fs/promises'
export async function load(url, context, nextLoad) {
  const result = await nextLoad(url, context)
  if (result.format !== 'commonjs') return result
  return { ...result, source: await readFile(new URL(url)) }
}
`
const FILES = {
  'loader.mjs': LOADER,
  'register-loader.mjs': `
    import { register } from 'node:module'
    register('./loader.mjs', import.meta.url)`,
  'app.cjs': `require('./probe.cjs')(require('mongodb').Collection)`,
  'app.mjs': `
    import probe from './probe.cjs'
    import { Collection } from 'mongodb'
    probe(Collection)`,
}

/** The ways such a loader and the preload come together. */
const FLAGS = [
  ['--require', REGISTER_CJS, '--import', './register-loader.mjs'],
  ['--import', './register-loader.mjs', '--import', REGISTER_MJS],
  ['--require', REGISTER_CJS, '--loader', './loader.mjs'],
  ['--loader', './loader.mjs', '--import', REGISTER_MJS],
]

for (const app of ['app.cjs', 'app.mjs']) {
  onEveryNode(t, `a loader brings the source to ${app}`, async (t, node) => {
    for (const flags of FLAGS) {
      const args = ['--no-warnings', ...flags, app]
      const result = await runApplication(t, {
        node,
        args,
        files: FILES,
        mask: 'none',
      })
      t.match(
        result,
        { code: 0, stdout: 'watched\n', stderr: '' },
        flags.join(' '),
      )
    }
  })
}
