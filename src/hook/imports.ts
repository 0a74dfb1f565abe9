import Module from 'node:module'
import { pathToFileURL } from 'node:url'

/**
 * The second line, for imports: calls back when a driver has been imported.
 * It costs an application 20 to 50 ms at its start (measured), so it is not
 * loaded unless somebody else's loader makes it necessary.
 */
export function watchImports(onDriver: () => void): void {
  if (!hasSyncHooks()) return
  const path = require.resolve('import-in-the-middle/create-hook.mjs')
  const { createHook }: CreateHook = require(path)
  const hook = createHook({ url: pathToFileURL(path).href })
  hook.applyOptions({ include: ['mongodb'] })
  const { registerHooks }: SyncHooks = Object(Module)
  registerHooks({
    // what has no parent is the program itself, and `-e` code has no file
    resolve: (name, context, next) =>
      context.parentURL === undefined
        ? next(name, context)
        : hook.resolveSync(name, context, next),
    load: hook.loadSync,
  })
  const { Hook }: Imports = require('import-in-the-middle')
  new Hook(['mongodb'], onDriver)
}

/** First minor and patch of each major that has hooks which suit us. */
const SYNC_HOOKS: Readonly<Record<number, readonly [number, number]>> = {
  22: [22, 3],
  24: [11, 1],
  25: [1, 0],
}

/**
 * Has Node synchronous hooks that may leave the source of a CommonJS file to
 * Node? (nodejs/node#59929)
 */
function hasSyncHooks(): boolean {
  const [major = 0, minor = 0, patch = 0] = process.versions.node
    .split('.')
    .map(Number)
  if (major > 25) return true
  const [firstMinor = Infinity, firstPatch = 0] = SYNC_HOOKS[major] ?? []
  return minor > firstMinor || (minor === firstMinor && patch >= firstPatch)
}

type Imports = typeof import('import-in-the-middle')

/** What `module.registerHooks` takes: not in the types of Node 20. */
interface SyncHooks {
  registerHooks(hooks: { resolve: Step; load: Step }): void
}
type Step = (name: string, context: Context, next: NextStep) => unknown
type NextStep = (name: string, context: Context) => unknown
interface Context {
  parentURL?: string
}

/** `import-in-the-middle/create-hook.mjs` comes without types. */
interface CreateHook {
  createHook(meta: { url: string }): {
    applyOptions(options: { include: string[] }): void
    resolveSync: Step
    loadSync: Step
  }
}
