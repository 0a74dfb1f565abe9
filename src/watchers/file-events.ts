import type { FileWatch } from './file-watch.ts'
import { peek } from './peek.ts'

/** What each event of a stream of GridFS says about its operation. */
export type FileEvents = Readonly<
  Record<string, (watch: FileWatch, argument: unknown, stream: object) => void>
>

const ENDS: FileEvents = {
  error: (watch, error) => watch.fail(error),
  // up to 5.x the driver says so also when its cursor is closed, before `end`
  close: (watch, _, stream) => {
    if (peek(stream, 'destroyed') === true) watch.finish('closed')
  },
}

/** Of a stream to write to. */
export const UPLOAD_EVENTS: FileEvents = {
  ...ENDS,
  finish: watch => watch.finish('exhausted'),
  drain: watch => watch.stopwatch.stop(),
}

/** Of a stream to read. */
export const DOWNLOAD_EVENTS: FileEvents = {
  ...ENDS,
  end: watch => watch.finish('exhausted'),
}

/** Takes note of an event before anybody else hears of it. */
export function noteEvent(
  events: FileEvents,
  watch: FileWatch,
  stream: object,
  [name, argument]: readonly unknown[],
): void {
  if (typeof name !== 'string' || !Object.hasOwn(events, name)) return
  events[name]?.(watch, argument, stream)
}
