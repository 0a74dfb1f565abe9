import { CLASSES, type ClassSpec } from './driver-classes.ts'
import { type DriverCopy, readDriverCopy } from './driver-copy.ts'
import { Patches } from './patches.ts'
import type { WatchContext } from './watch-context.ts'
import { WatchCursor } from './watch-cursor.ts'
import { watchExecution } from './watch-execution.ts'
import { WatchOperations } from './watch-operations.ts'

/** The driver's cursor classes that send a first command. */
const CURSOR_CLASSES = new Set([
  'FindCursor',
  'AggregationCursor',
  'ListIndexesCursor',
  'ListCollectionsCursor',
  'ListSearchIndexesCursor',
  'RunCommandCursor',
])

/** Everything that is observed in one copy of the driver. */
export class WatchDriver {
  readonly copy: DriverCopy
  /** What was patched: `Collection.findOne` …, in order. */
  readonly patched: string[] = []
  readonly #patches = new Patches()
  /** The modules whose `executeOperation` is counted already. */
  #counts = new WeakSet<object>()
  readonly #context: WatchContext
  readonly #cursor: WatchCursor
  readonly #watchers: WatchOperations[] = []

  constructor(context: WatchContext, root: string) {
    this.copy = readDriverCopy(root)
    this.#context = context
    this.#cursor = new WatchCursor(context, this.copy)
  }

  /**
   * Patches what one of the driver's inner files exports under `name`; does
   * nothing for names it does not know.
   */
  found(name: string, exports: object): void {
    if (name === 'executeOperation') {
      if (this.#counts.has(exports)) return
      this.#counts.add(exports)
      watchExecution(this.#patches, this.#context, exports)
      return
    }
    const value: unknown = Reflect.get(exports, name)
    if (typeof value !== 'function') return
    const prototype: unknown = value.prototype
    if (typeof prototype !== 'object' || prototype === null) return
    for (const method of this.#patchClass(name, prototype)) {
      this.patched.push(`${name}.${method}`)
    }
  }

  /** Takes new rules over. */
  configure(): void {
    for (const watcher of this.#watchers) watcher.configure()
  }

  /** Puts the driver's own methods back. */
  undo(): void {
    this.#patches.undo()
    this.#counts = new WeakSet()
    this.patched.length = 0
  }

  #patchClass(name: string, prototype: object): readonly string[] {
    const spec = CLASSES[name]
    const isCursor = CURSOR_CLASSES.has(name)
    const isAbstract = name === 'AbstractCursor'
    if (spec === undefined && !isCursor && !isAbstract) return []
    const patches = this.#patches
    if (!patches.mark(prototype)) return []
    const patched: string[] = []
    if (spec !== undefined) patched.push(...this.#operations(spec, prototype))
    if (isCursor) patched.push(...this.#cursor.patchLeaf(patches, prototype))
    if (isAbstract) {
      patched.push(...this.#cursor.patchAbstract(patches, prototype))
    }
    return patched
  }

  #operations(spec: ClassSpec, prototype: object): readonly string[] {
    const watcher = new WatchOperations(this.#context, this.copy, spec)
    this.#watchers.push(watcher)
    return [
      ...watcher.patch(this.#patches, prototype),
      ...watcher.patchFactories(this.#patches, prototype),
    ]
  }
}
