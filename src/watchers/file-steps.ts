import type { FileWatch } from './file-watch.ts'

/**
 * Starts the stopwatch because the driver goes to work on a stream of GridFS.
 * May put its own callback into `args`, and may return a function that gets
 * what the method returned.
 */
export type FileStep = (
  watch: FileWatch,
  args: unknown[],
) => ((result: unknown) => void) | undefined

/** Until the callback in the last place is called. */
const untilCallback: FileStep = (watch, args) => {
  const last = args.length - 1
  const callback = args[last]
  if (typeof callback !== 'function') return undefined
  watch.stopwatch.start()
  args[last] = function (this: unknown, ...answer: unknown[]): unknown {
    watch.stopwatch.stop()
    return Reflect.apply(callback, this, answer)
  }
  return undefined
}

/** Until `drain` is emitted, if the method says that one must wait for it. */
const untilDrain: FileStep = watch => {
  watch.stopwatch.start()
  return result => {
    if (result === true) watch.stopwatch.stop()
  }
}

/** Until a chunk is pushed, or the operation ends. */
const untilEnd: FileStep = watch => {
  watch.stopwatch.start()
  return undefined
}

/** Of a stream to write to; up to 5.x the driver writes for itself. */
export const UPLOAD_STEPS: Readonly<Record<string, FileStep>> = {
  write: untilDrain,
  end: untilEnd,
  _write: untilCallback,
  _final: untilCallback,
}

/** Of a stream to read. */
export const DOWNLOAD_STEPS: Readonly<Record<string, FileStep>> = {
  _read: untilEnd,
}
