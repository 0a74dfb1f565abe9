/**
 * npm run bundle: what a process under the mask loads, in few files: Node needs
 * more time for the 180 small ones that they are made of (npm run
 * bench:startup), and for what not every process uses: filters, most formats and
 * handlers, and all that is said of mistakes. That is a file of its own. The
 * commands and the threads of handlers use the single ones.
 * Not minified: Node prints the line that threw, and whoever audits a host
 * reads what its processes load.
 *
 *     node etc/build/bundle.cjs
 */
const { rmSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')
const { build } = require('esbuild')

const ROOT = join(__dirname, '../..')
const SRC = join(ROOT, 'src')
const DIST = join(ROOT, 'dist')

/** Loaded by every Node process of a host, and no second time by a bundle. */
const ALONE = ['hook/driver-file', 'hook/guarded', 'start-folder', 'warn']

/** What the hook and the package's users ask for, and npm run bench:config. */
const MAIN = `
export * as index from './index.ts'
export * as mongowatch from './mongowatch.ts'
export * as config from './config/lazy.ts'`

/** Required when they are needed, and needed by most processes. */
const USUAL = [
  'config/check-node',
  'config/meant-key',
  'config/parse-yaml',
  'filters/match',
  'formatters/json',
  'formatters/line',
  'outputs/console',
  'outputs/file',
]
/** Where the others are. */
const RARE = 'bundle-rare.js'

void main()

async function main() {
  const driverHooks = `export * from './hook/driver-hooks.ts'`
  const leftByHooks = [...ALONE, 'mongowatch']
  await bundle('hook/driver-hooks.js', driverHooks, [leaveOut(leftByHooks)])
  await bundleMain()
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

/** Each module is in one of the two: the second asks the first for its own. */
async function bundleMain() {
  const rare = new Set()
  const plugins = [leaveOut(ALONE), setApart(rare)]
  const modules = await bundle('bundle.js', MAIN, plugins)
  const shared = new Set()
  const rareOnes = inOrder(rare).map(
    name => `export const ${symbol(name)} = () => require('./${name}.ts')`,
  )
  await bundle(RARE, rareOnes.join('\n'), [
    leaveOut(ALONE),
    askFor(modules, shared),
  ])
  const exported = inOrder(shared).map(
    name => `export * as ${symbol(name)} from './${name}.ts'`,
  )
  await bundle('bundle.js', [MAIN, ...exported].join('\n'), plugins)
}

/** Writes a file of `dist`; the names of the modules of `src` that are in it. */
async function bundle(file, contents, plugins) {
  const { metafile } = await build({
    stdin: { contents, resolveDir: SRC, loader: 'ts' },
    outfile: join(DIST, file),
    absWorkingDir: ROOT, // names of modules do not tell where it was built
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    packages: 'external',
    banner: { js: `'use strict'` }, // as the modules are
    sourcemap: true,
    metafile: true,
    plugins,
  })
  return new Set(Object.keys(metafile.inputs).map(f => nameOf(join(ROOT, f))))
}

/** Files of `dist` that a bundle requires where they are. */
function leaveOut(names) {
  return {
    name: 'leave out',
    setup({ onResolve, initialOptions }) {
      const up = initialOptions.outfile.startsWith(join(DIST, 'hook'))
      onResolve({ filter: /^\./ }, ({ resolveDir, path }) => {
        const name = nameOf(join(resolveDir, path))
        if (!names.includes(name)) return undefined
        return { path: `${up ? '..' : '.'}/${name}.js`, external: true }
      })
    },
  }
}

/** What is required when it is needed is in the other bundle; notes which. */
function setApart(rare) {
  return replaceModules('set apart', RARE, ({ kind }, name) => {
    if (kind !== 'require-call' || USUAL.includes(name)) return undefined
    rare.add(name)
    return `module.exports = require('./${RARE}').${symbol(name)}()`
  })
}

/** What the main bundle has is asked of that; notes what. */
function askFor(modules, shared) {
  return replaceModules('ask for', 'bundle.js', (_, name) => {
    if (!modules.has(name)) return undefined
    shared.add(name)
    return `module.exports = require('./bundle.js').${symbol(name)}`
  })
}

/** Puts other text in the place of modules; it may require one file of `dist`. */
function replaceModules(name, file, textOf) {
  return {
    name,
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\./ }, args => {
        const { namespace, resolveDir, path } = args
        if (namespace === name) return { path: `./${file}`, external: true }
        const module = nameOf(join(resolveDir, path))
        const text = textOf(args, module)
        if (text === undefined) return undefined
        return { path: module, namespace: name, pluginData: text }
      })
      onLoad({ filter: /./, namespace: name }, ({ pluginData }) => ({
        contents: pluginData,
        loader: 'js',
      }))
    },
  }
}

/** esbuild asks in any order, and the same sources shall make the same files. */
function inOrder(names) {
  return [...names].sort()
}

/** `filters/when` of a path. */
function nameOf(path) {
  return path.slice(SRC.length + 1).replace(/\.[jt]s$/, '')
}

/** The same as a name in JavaScript, `package` as well. */
function symbol(name) {
  return `$${name.replace(/\W/g, '_')}`
}

function put(file, lines) {
  writeFileSync(join(DIST, file), `'use strict'\n${lines.join('\n')}\n`)
  rmSync(join(DIST, `${file}.map`), { force: true }) // of what was there
}
