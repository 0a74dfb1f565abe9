import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import t from 'tap'
import {
  copyPackage,
  onEveryNode,
  REGISTER_CJS,
  runApplication,
} from '../fixtures/hook.ts'
import { type Run, run } from '../fixtures/run.ts'

t.jobs = 2
t.setTimeout(300_000)

/** Commands of Node that have nothing to do with a driver. */
const COMMANDS: Record<string, readonly string[]> = {
  'node -e': ['-e', 'console.log(1)'],
  'node -p': ['-p', '1 + 1'],
  'node -e that requires a file which is not there': [
    '-e',
    `try { require('./postinstall') } catch (e) { console.log(e.code) }`,
  ],
  'node -e of an ESM program': [
    '--input-type=module',
    '-e',
    `import fs from 'node:fs'; console.log(typeof fs.readFileSync)`,
  ],
  'node --require of a built-in module': ['--require', 'fs', '-e', '1'],
  'node --check': ['--check', 'fine.cjs'],
  'node --test': ['--test', '--test-reporter=dot', 'passes.test.cjs'],
  'node --version': ['--version'],
}
const FILES = { 'fine.cjs': 'let a = 1', 'passes.test.cjs': '' }

for (const [title, args] of Object.entries(COMMANDS)) {
  onEveryNode(t, `${title} does what it did`, async (t, node) => {
    const { code, stdout, stderr } = await run(t, {
      args,
      node,
      files: FILES,
      mask: 'none',
    })
    for (const mask of ['require', 'import'] as const) {
      const masked = await run(t, { args, node, files: FILES, mask })
      t.match(masked, { code, stdout, stderr }, mask)
    }
  })
}

t.test('npm does what it did', async t => {
  const args = [
    '-e',
    `require('node:child_process').execSync('npm --version', { stdio: 'inherit' })`,
  ]
  const { code, stdout } = await run(t, { args, mask: 'none' })
  t.match(await run(t, { args, mask: 'env' }), { code, stdout, stderr: '' })
})

onEveryNode(
  t,
  'without a driver five small files are loaded',
  async (t, node) => {
    const list = `
    const { relative, dirname } = require('node:path')
    const root = dirname(${JSON.stringify(REGISTER_CJS)})
    const files = Object.keys(require.cache).map(file => relative(root, file))
    console.log(JSON.stringify(files.sort()))`
    for (const mask of ['require', 'import'] as const) {
      const { stdout } = await run(t, { args: ['-e', list], node, mask })
      t.same(JSON.parse(stdout), [
        'dist/hook/driver-file.js',
        'dist/hook/guarded.js',
        'dist/hook/install.js',
        'dist/start-folder.js',
        'dist/warn.js',
        'register.cjs',
      ])
    }
  },
)

const REQUIRES_DRIVER = `require('./probe.cjs')(require('mongodb').Collection)`

t.test('MONGOWATCH_DISABLED=1 leaves everything as it is', async t => {
  for (const mask of ['require', 'import'] as const) {
    const env = { MONGOWATCH_DISABLED: '1' }
    const result = await runApplication(t, { code: REQUIRES_DRIVER, env, mask })
    t.match(result, { code: 0, stdout: 'bare\n', stderr: '' })
  }
})

onEveryNode(t, 'ten listeners for exit bring no warning', async (t, node) => {
  for (const driver of ['', `require('mongodb')`]) {
    const code = `${driver}
      for (let i = 0; i < 10; i++) process.on('exit', () => {})`
    const result = await runApplication(t, { code, node })
    t.match(result, { code: 0, stderr: '' })
  }
})

/** Applications that end with an error before they are loaded. */
const FAILURES: Record<string, Run> = {
  'a file that throws': {
    code: `require('mongodb'); require('./throws.cjs')`,
    files: { 'throws.cjs': `throw new TypeError('never mind')` },
  },
  'a package that is not installed': {
    code: `require('mongodb'); require('not-installed')`,
  },
  'a file with a syntax error': {
    code: `require('mongodb'); require('./wrong.cjs')`,
    files: { 'wrong.cjs': 'let let = 1' },
  },
  'an imported file that throws': {
    name: 'app.mjs',
    code: `import 'mongodb'; import './throws.cjs'`,
    files: { 'throws.cjs': `throw new TypeError('never mind')` },
  },
}

for (const [title, application] of Object.entries(FAILURES)) {
  onEveryNode(
    t,
    `the stack trace of ${title} is as it was`,
    async (t, node) => {
      const bare = await runApplication(t, {
        ...application,
        node,
        mask: 'none',
      })
      const masked = await runApplication(t, { ...application, node })
      const text = (of: typeof bare) => of.stderr.replaceAll(of.folder, '')
      t.equal(bare.code, 1)
      t.equal(masked.code, 1)
      t.equal(text(masked), text(bare))
    },
  )
}

t.test('an installation elsewhere, with a space in its path', async t => {
  const folder = copyPackage(t)
  const cjs = join(folder, 'register.cjs')
  const mjs = pathToFileURL(join(folder, 'register.mjs')).href
  const flags = [
    `--require "${cjs}"`,
    `--require="${cjs}"`,
    `"--require=${cjs}"`,
    `--import ${mjs}`,
    `--import "${mjs}"`,
  ]
  for (const NODE_OPTIONS of flags) {
    t.match(
      await runApplication(t, {
        code: REQUIRES_DRIVER,
        mask: 'none',
        env: { NODE_OPTIONS },
      }),
      { code: 0, stdout: 'watched\n', stderr: '' },
      NODE_OPTIONS,
    )
  }
})

t.test('of two installations the first is in charge', async t => {
  const other = join(copyPackage(t), 'register.cjs')
  const code = `
    ${REQUIRES_DRIVER}
    const files = Object.keys(require.cache)
    console.log(files.filter(f => /hook.driver-hooks.js$/.test(f)).length)`
  t.match(
    await runApplication(t, {
      files: { 'app.cjs': code },
      args: ['--require', other, 'app.cjs'],
    }),
    { code: 0, stdout: 'watched\n1\n', stderr: '' },
  )
})

/** What can be wrong with an installation, and the one line it says. */
const DAMAGES: Record<string, [damage: (folder: string) => void, RegExp]> = {
  'nothing is built': [
    folder => rmSync(join(folder, 'dist'), { recursive: true }),
    /^mongowatch: not active: Cannot find module '.*install.js'\n$/,
  ],
  'a file has a syntax error': [
    folder => writeFileSync(join(folder, 'dist/hook/install.js'), '{'),
    /^mongowatch: not active: .*\n$/,
  ],
  'mongowatch itself does not load': [
    folder => writeFileSync(join(folder, 'dist/mongowatch.js'), 'throw null'),
    /^mongowatch: the driver .*mongodb is not watched: null .*\n$/,
  ],
}

for (const [title, [damage, line]] of Object.entries(DAMAGES)) {
  onEveryNode(t, `the application runs when ${title}`, async (t, node) => {
    const folder = copyPackage(t)
    damage(folder)
    const args = ['--require', join(folder, 'register.cjs'), 'app.cjs']
    t.match(
      await runApplication(t, {
        args,
        node,
        mask: 'none',
        files: { 'app.cjs': REQUIRES_DRIVER },
      }),
      { code: 0, stdout: 'bare\n', stderr: line },
    )
  })
}

onEveryNode(
  t,
  'the application runs when Node lets nobody read our files',
  async (t, node) => {
    const { code, stdout, stderr } = await run(t, {
      args: [
        '--permission',
        '--allow-fs-read=.',
        `--allow-fs-read=${REGISTER_CJS}`,
        '--require',
        REGISTER_CJS,
        'app.cjs',
      ],
      files: { 'app.cjs': 'console.log(1)' },
      mask: 'none',
      node,
    })
    t.match({ code, stdout }, { code: 0, stdout: '1\n' })
    t.match(stderr, /^mongowatch: not active: .*\n$/)
  },
  [24, 26],
)
