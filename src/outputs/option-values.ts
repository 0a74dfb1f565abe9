import { MongowatchError } from '../errors.ts'
import type { WatchQueueOptions } from '../queue/watch-queue.ts'
import { type BufferLimits, DEFAULT_BUFFER } from './line-buffer.ts'
import type { HandlerEntry } from './output-settings.ts'

/** A handler's options, as the configuration hands them over. */
export type Options = HandlerEntry['options']

/** One of a few words, or the default when nothing is written. */
export function choice<Word extends string>(
  options: Options,
  name: string,
  words: readonly [Word, ...Word[]],
): Word {
  const [fallback] = words
  const value = options[name] ?? fallback
  const found = words.find(word => word === value)
  if (found === undefined) throw wrong(name, words.join(', '), value)
  return found
}

/** A number of at least 0, or the default. */
export function amount<Default extends number | undefined>(
  options: Options,
  name: string,
  fallback: Default,
): number | Default {
  const value = options[name]
  if (value === undefined || value === null) return fallback
  if (typeof value === 'number' && value >= 0) return value
  throw wrong(name, 'a number', value)
}

/** Text that must be there. */
export function text(options: Options, name: string): string {
  const value = options[name]
  if (typeof value === 'string' && value !== '') return value
  throw wrong(name, 'text', value)
}

/** Permissions: `"0640"` or a number. */
export function permissions(options: Options, fallback: number): number {
  const { mode } = options
  if (mode === undefined) return fallback
  if (typeof mode === 'number') return mode
  const bits = Number.parseInt(String(mode).replace(/^0o/, ''), 8)
  if (Number.isNaN(bits)) throw wrong('mode', 'octal permissions', mode)
  return bits
}

/** Bounds of what waits to be written, from `queue`. */
export function bufferLimits(options: Options): BufferLimits {
  const queue = plain(options.queue)
  return {
    maxRecords: amount(queue, 'maxRecords', DEFAULT_BUFFER.maxRecords),
    maxBytes: amount(queue, 'maxBytes', DEFAULT_BUFFER.maxBytes),
    onFull: choice(queue, 'onFull', ['drop_old', 'drop_new', 'block']),
  }
}

/** The queue of held iterations, from `queue`; `false` when there is none. */
export function queueOptions(options: Options): WatchQueueOptions | false {
  const queue = plain(options.queue)
  if (options.queue === false || queue.enabled === false) return false
  const forcedDelaySec = amount(queue, 'forcedDelaySec', undefined)
  return { ...bufferLimits(options), forcedDelaySec }
}

/** A nested map of options; anything else counts as empty. */
export function plain(value: unknown): Options {
  const isMap = typeof value === 'object' && value !== null
  return isMap && !Array.isArray(value) ? (value as Options) : {}
}

function wrong(
  name: string,
  expected: string,
  value: unknown,
): MongowatchError {
  return new MongowatchError(
    'MONGOWATCH_OPTION',
    `${name}: expected ${expected}, got ${String(value)}`,
  )
}
