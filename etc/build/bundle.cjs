/**
 * npm run bundle: what a process under the mask loads, in two files: Node needs
 * more time for the 180 small ones that they are made of (npm run
 * bench:startup). The commands and the threads of handlers use the single ones.
 * Not minified: Node prints the line that threw, and whoever audits a host
 * reads what its processes load.
 *
 *     node etc/build/bundle.cjs
 */
const { rmSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')
const { build } = require('esbuild')

const ROOT = join(__dirname, '../..')
const DIST = join(ROOT, 'dist')

/** Loaded by every Node process of a host, and no second time by a bundle. */
const ALONE = ['hook/driver-file', 'hook/guarded', 'start-folder', 'warn']

/** What the hook and the package's users ask for, and npm run bench:config. */
const MAIN = `
export * as index from './index.ts'
export * as mongowatch from './mongowatch.ts'
export * as config from './config/lazy.ts'`

/** File of `dist` → its code in terms of `src`, and which others it leaves out. */
const BUNDLES = {
  'bundle.js': [MAIN, ALONE],
  'hook/driver-hooks.js': [
    `export * from './hook/driver-hooks.ts'`,
    [...ALONE, 'mongowatch'],
  ],
}

void main()

async function main() {
  for (const [file, [contents, left]] of Object.entries(BUNDLES))
    await bundle(file, contents, left)
  const { index } = require(join(DIST, 'bundle.js'))
  put('mongowatch.js', [`module.exports = require('./bundle.js').mongowatch`])
  // one by one, as Node looks for names that can be imported in the text
  const names = Object.keys(index).map(
    name => `exports.${name} = index.${name}`,
  )
  put('index.js', [
    `Object.defineProperty(exports, '__esModule', { value: true })`,
    `const { index } = require('./bundle.js')`,
    ...names,
  ])
}

function bundle(file, contents, left) {
  return build({
    stdin: { contents, resolveDir: join(ROOT, 'src'), loader: 'ts' },
    outfile: join(DIST, file),
    absWorkingDir: ROOT, // names of modules do not tell where it was built
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    packages: 'external',
    banner: { js: `'use strict'` }, // as the modules are
    sourcemap: true,
    plugins: [leaveOut(left, file.includes('/') ? '../' : './')],
  })
}

/** Files of `dist` that a bundle requires where they are. */
function leaveOut(names, up) {
  return {
    name: 'leave out',
    setup({ onResolve }) {
      onResolve({ filter: /^\./ }, ({ resolveDir, path }) => {
        const wanted = join(resolveDir, path).replace(/\.[jt]s$/, '')
        const name = names.find(each => join(ROOT, 'src', each) === wanted)
        return name && { path: `${up}${name}.js`, external: true }
      })
    },
  }
}

function put(file, lines) {
  writeFileSync(join(DIST, file), `'use strict'\n${lines.join('\n')}\n`)
  rmSync(join(DIST, `${file}.map`), { force: true }) // of what was there
}
