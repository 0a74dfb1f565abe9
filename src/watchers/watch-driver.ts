import { DrainedCursors } from './drained-cursors.ts'
import { CLASSES, type ClassSpec } from './driver-classes.ts'
import { type DriverCopy, readDriverCopy } from './driver-copy.ts'
import { Patches } from './patches.ts'
import { WatchChangeStream } from './watch-change-stream.ts'
import type { WatchContext } from './watch-context.ts'
import { WatchCursor } from './watch-cursor.ts'
import { watchEncryption } from './watch-encryption.ts'
import { watchExecution } from './watch-execution.ts'
import { WatchFileStreams } from './watch-file-streams.ts'
import { WatchGridFS } from './watch-gridfs.ts'
import { WatchOperations } from './watch-operations.ts'

/** The driver's cursor classes that send a first command. */
const CURSOR_CLASSES = [
  'FindCursor',
  'AggregationCursor',
  'ListIndexesCursor',
  'ListCollectionsCursor',
  'ListSearchIndexesCursor',
  'RunCommandCursor',
]

/** Patches a class of the driver; gives the names of what was patched. */
type PatchClass = (prototype: object) => readonly string[]

/** Everything that is observed in one copy of the driver. */
export class WatchDriver {
  readonly copy: DriverCopy
  /** What was patched: `Collection.findOne` ..., in order. */
  readonly patched: string[] = []
  readonly #patches = new Patches()
  /** The modules whose `executeOperation` is counted already. */
  #counts = new WeakSet<object>()
  readonly #context: WatchContext
  readonly #watchers: { configure(): void }[] = []
  /** For classes whose methods are not all answered once. */
  readonly #special: ReadonlyMap<string, PatchClass>

  constructor(context: WatchContext, root: string) {
    this.copy = readDriverCopy(root)
    this.#context = context
    this.#special = this.#createSpecial()
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

  #createSpecial(): ReadonlyMap<string, PatchClass> {
    const patches = this.#patches
    const drained = new DrainedCursors()
    const parts = [this.#context, this.copy, drained] as const
    const streams = new WatchChangeStream(...parts)
    const cursor = new WatchCursor(...parts, streams)
    const gridfs = new WatchGridFS(this.#context, this.copy)
    const files = new WatchFileStreams(gridfs.streams)
    this.#watchers.push(gridfs)
    const leaf: PatchClass = prototype => cursor.patchLeaf(patches, prototype)
    return new Map<string, PatchClass>([
      ['AbstractCursor', p => cursor.patchAbstract(patches, p)],
      ...CURSOR_CLASSES.map(name => [name, leaf] as const),
      ['ChangeStream', p => streams.patchStream(patches, p)],
      ['ChangeStreamCursor', p => streams.patchCursor(patches, p)],
      ['GridFSBucket', p => gridfs.patch(patches, p)],
      ['GridFSBucketWriteStream', p => files.patchUpload(patches, p)],
      ['GridFSBucketReadStream', p => files.patchDownload(patches, p)],
      ['StateMachine', p => watchEncryption(patches, p)],
    ])
  }

  #patchClass(name: string, prototype: object): readonly string[] {
    const spec = CLASSES[name]
    const special = this.#special.get(name)
    if (spec === undefined && special === undefined) return []
    if (!this.#patches.mark(prototype)) return []
    return [
      ...(spec === undefined ? [] : this.#patchOperations(spec, prototype)),
      ...(special?.(prototype) ?? []),
    ]
  }

  #patchOperations(spec: ClassSpec, prototype: object): readonly string[] {
    const watcher = new WatchOperations(this.#context, this.copy, spec)
    this.#watchers.push(watcher)
    return [
      ...watcher.patch(this.#patches, prototype),
      ...watcher.patchFactories(this.#patches, prototype),
    ]
  }
}
