import { BULK, CLIENT, CLIENT_FACTORIES, SESSION } from './client-operations.ts'
import { COLLECTION, COLLECTION_FACTORIES } from './collection-operations.ts'
import { ADMIN, DATABASE, DATABASE_FACTORIES } from './database-operations.ts'
import { type DriverCopy, readDriverCopy } from './driver-copy.ts'
import type { OperationTable } from './operation-spec.ts'
import { Patches } from './patches.ts'
import {
  adminTarget,
  bulkTarget,
  clientTarget,
  collectionTarget,
  databaseTarget,
  sessionTarget,
  type TargetReader,
} from './target.ts'
import type { WatchContext } from './watch-context.ts'
import { WatchCursor } from './watch-cursor.ts'
import { watchExecution } from './watch-execution.ts'
import { WatchOperations } from './watch-operations.ts'
import type { WatcherName } from './watcher-settings.ts'

/** How one of the driver's classes is watched. */
interface ClassSpec {
  readonly watcher: WatcherName
  readonly target: TargetReader
  readonly operations: OperationTable
  readonly factories?: OperationTable
}

/** The driver's classes whose methods are answered once. */
const CLASSES: Readonly<Record<string, ClassSpec>> = {
  Collection: {
    watcher: 'collection',
    target: collectionTarget,
    operations: COLLECTION,
    factories: COLLECTION_FACTORIES,
  },
  Db: {
    watcher: 'database',
    target: databaseTarget,
    operations: DATABASE,
    factories: DATABASE_FACTORIES,
  },
  Admin: { watcher: 'database', target: adminTarget, operations: ADMIN },
  MongoClient: {
    watcher: 'client',
    target: clientTarget,
    operations: CLIENT,
    factories: CLIENT_FACTORIES,
  },
  ClientSession: {
    watcher: 'session',
    target: sessionTarget,
    operations: SESSION,
  },
  BulkOperationBase: { watcher: 'bulk', target: bulkTarget, operations: BULK },
}

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
    this.patched.length = 0
  }

  #patchClass(name: string, prototype: object): readonly string[] {
    const spec = CLASSES[name]
    const isCursor = CURSOR_CLASSES.has(name) || name === 'AbstractCursor'
    if (spec === undefined && !isCursor) return []
    if (!this.#patches.mark(prototype)) return []
    if (spec !== undefined) return this.#patchOperations(spec, prototype)
    if (name === 'AbstractCursor') {
      return this.#cursor.patchAbstract(this.#patches, prototype)
    }
    return this.#cursor.patchLeaf(this.#patches, prototype)
  }

  #patchOperations(spec: ClassSpec, prototype: object): readonly string[] {
    const watcher = new WatchOperations(
      this.#context,
      spec.watcher,
      this.copy,
      spec.target,
    )
    this.#watchers.push(watcher)
    const patches = this.#patches
    return [
      ...watcher.patch(patches, prototype, spec.operations),
      ...watcher.patchFactories(patches, prototype, spec.factories ?? {}),
    ]
  }
}
