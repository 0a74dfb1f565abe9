import { attempt } from './attempt.ts'
import { beginOperation } from './begin-operation.ts'
import type { DriverCopy } from './driver-copy.ts'
import { FileStream } from './file-stream.ts'
import { FileWatch } from './file-watch.ts'
import {
  GRIDFS_DOWNLOADS,
  GRIDFS_UPLOADS,
  markBucket,
} from './gridfs-operations.ts'
import { isNested } from './nesting.ts'
import { Operation } from './operation.ts'
import type { OperationTable } from './operation-spec.ts'
import type { Patches } from './patches.ts'
import { bucketTarget, clientOf } from './target.ts'
import type { WatchContext } from './watch-context.ts'
import { type FactoryObservation, UNSEEN, wrapFactory } from './wrap-method.ts'

const SPEC = { watcher: 'gridfs', target: bucketTarget } as const

/** Observes the methods of a GridFS bucket that open a stream. */
export class WatchGridFS {
  /** What was opened, by the application's stream. */
  readonly streams = new WeakMap<object, FileStream>()
  readonly #context: WatchContext
  readonly #driver: DriverCopy
  readonly #operations: Operation[] = []
  /** Buckets whose first upload, which looks after the indexes, was opened. */
  readonly #indexed = new WeakSet<object>()

  constructor(context: WatchContext, driver: DriverCopy) {
    this.#context = context
    this.#driver = driver
  }

  /** Wraps the methods of `GridFSBucket`; gives their names. */
  patch(patches: Patches, prototype: object): string[] {
    return [
      ...this.#patch(patches, prototype, GRIDFS_UPLOADS, bucket => {
        if (this.#indexed.has(bucket)) return false
        this.#indexed.add(bucket)
        return true
      }),
      ...this.#patch(patches, prototype, GRIDFS_DOWNLOADS, () => false),
    ]
  }

  /** Takes new rules over. */
  configure(): void {
    const rules = this.#context.rules.gridfs
    for (const operation of this.#operations) operation.configure(rules)
  }

  #patch(
    patches: Patches,
    prototype: object,
    table: OperationTable,
    sendsAtOnce: (bucket: object) => boolean,
  ): string[] {
    const rules = this.#context.rules.gridfs
    return Object.entries(table).flatMap(([name, spec]) => {
      const operation = new Operation(name, spec, rules)
      this.#operations.push(operation)
      const done = patches.replace(prototype, name, original =>
        wrapFactory(original, (bucket, args) => {
          if (!this.#context.enabled || isNested()) return UNSEEN
          const observation = attempt(() => {
            markBucket(bucket)
            const file = this.#file(operation, bucket, args)
            if (sendsAtOnce(bucket)) file.begin()
            return this.#observe(file)
          })
          return observation ?? UNSEEN
        }),
      )
      return done ? [name] : []
    })
  }

  #file(
    operation: Operation,
    bucket: object,
    args: readonly unknown[],
  ): FileStream {
    const context = this.#context
    const rules = context.rules.gridfs
    return new FileStream(rules.limits, () => {
      const begun = beginOperation(
        context,
        this.#driver,
        SPEC,
        operation,
        bucket,
        args,
      )
      if (begun === undefined) return undefined
      return new FileWatch(context, rules, begun.record, clientOf(bucket))
    })
  }

  #observe(file: FileStream): FactoryObservation {
    return {
      refusal: file.refusal,
      made: (_bucket, _args, stream) => {
        if (typeof stream !== 'object' || stream === null) return
        this.streams.set(stream, file)
        attempt(() => file.follow(stream))
      },
      fail: (_bucket, _args, error) => attempt(() => file.begin()?.fail(error)),
    }
  }
}
