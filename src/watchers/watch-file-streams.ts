import { attempt } from './attempt.ts'
import {
  DOWNLOAD_EVENTS,
  type FileEvents,
  noteEvent,
  UPLOAD_EVENTS,
} from './file-events.ts'
import { DOWNLOAD_STEPS, type FileStep, UPLOAD_STEPS } from './file-steps.ts'
import type { FileStream } from './file-stream.ts'
import type { FileWatch } from './file-watch.ts'
import { callOutside } from './nesting.ts'
import type { Enter, Observation } from './observation.ts'
import type { Patches } from './patches.ts'
import { peek } from './peek.ts'
import { type Method, wrapMethod } from './wrap-method.ts'

/**
 * Observes the streams that a GridFS bucket opened. Their events are seen
 * where they are emitted, so nobody has a listener more.
 */
export class WatchFileStreams {
  readonly #streams: WeakMap<object, FileStream>

  /** Knows the streams that `WatchGridFS` saw being opened. */
  constructor(streams: WeakMap<object, FileStream>) {
    this.#streams = streams
  }

  /** `GridFSBucketWriteStream`; gives what was patched. */
  patchUpload(patches: Patches, prototype: object): string[] {
    const events = patches.interpose(prototype, {
      emit: inherited => this.#emit(inherited, UPLOAD_EVENTS),
    })
    // chunks that are there already are deleted: a command in any case
    const abort = this.#patchAbort(patches, prototype, (file, stream) =>
      file.begin(stream),
    )
    const steps = this.#patchSteps(patches, prototype, UPLOAD_STEPS)
    return [...events, ...abort, ...steps]
  }

  /** `GridFSBucketReadStream`; gives what was patched. */
  patchDownload(patches: Patches, prototype: object): string[] {
    const events = patches.interpose(prototype, {
      emit: inherited => this.#emit(inherited, DOWNLOAD_EVENTS),
      push: inherited => this.#push(inherited),
    })
    const abort = this.#patchAbort(patches, prototype, file => file.watch)
    const steps = this.#patchSteps(patches, prototype, DOWNLOAD_STEPS)
    return [...events, ...abort, ...steps]
  }

  #patchSteps(
    patches: Patches,
    prototype: object,
    steps: Readonly<Record<string, FileStep>>,
  ): string[] {
    const names = Object.keys(steps)
    return names.filter(name => {
      const step = steps[name]
      if (step === undefined) return false
      return patches.replace(prototype, name, original =>
        this.#step(original, step),
      )
    })
  }

  #step(original: Method, step: FileStep): Method {
    const streams = this.#streams
    return {
      method(this: object, ...args: unknown[]): unknown {
        const file = streams.get(this)
        if (file === undefined) return Reflect.apply(original, this, args)
        const done = attempt(() => beginStep(file, this, args, step))
        if (file.refusal !== undefined) return refuse(this, file.refusal)
        const result = Reflect.apply(original, this, args)
        done?.(result)
        return result
      },
    }.method
  }

  #emit(inherited: Method, events: FileEvents): Method {
    const streams = this.#streams
    return {
      method(this: object, ...args: unknown[]): unknown {
        const watch = streams.get(this)?.watch
        if (watch?.isOpen) attempt(() => noteEvent(events, watch, this, args))
        // what the application does in its listeners is its own
        return callOutside(inherited, this, args)
      },
    }.method
  }

  #push(inherited: Method): Method {
    const streams = this.#streams
    return {
      method(this: object, ...args: unknown[]): unknown {
        const watch = streams.get(this)?.watch
        if (watch !== undefined) {
          watch.stopwatch.stop()
          const length = peek(args[0], 'length')
          if (typeof length === 'number') watch.bytes += length
        }
        return Reflect.apply(inherited, this, args)
      },
    }.method
  }

  #patchAbort(
    patches: Patches,
    prototype: object,
    find: (file: FileStream, stream: object) => FileWatch | undefined,
  ): string[] {
    const enter: Enter = stream =>
      attempt(() => {
        const file = this.#streams.get(stream)
        const watch = file && find(file, stream)
        const isMine = watch?.isOpen && !watch.isAborting
        return isMine ? observeAbort(watch) : undefined
      })
    const done = patches.replace(prototype, 'abort', original =>
      wrapMethod(original, enter),
    )
    return done ? ['abort'] : []
  }
}

function beginStep(
  file: FileStream,
  stream: object,
  args: unknown[],
  step: FileStep,
): ReturnType<FileStep> {
  if (peek(stream, 'destroyed') === true) return undefined
  const watch = file.begin(stream)
  return watch?.isOpen ? step(watch, args) : undefined
}

function refuse(stream: object, refusal: Error): boolean {
  const destroy = peek(stream, 'destroy')
  if (typeof destroy === 'function') Reflect.apply(destroy, stream, [refusal])
  return false
}

function observeAbort(watch: FileWatch): Observation {
  watch.isAborting = true
  watch.stopwatch.start()
  return {
    refusal: undefined,
    awaitsFirst: false,
    succeed: () => attempt(() => watch.finish('closed')),
    fail: error => {
      watch.isAborting = false
      attempt(() => watch.fail(error))
    },
  }
}
