import { createWriteStream } from 'node:fs'
import { createRequire } from 'node:module'
import { MongowatchError } from '../errors.ts'
import type { Options } from './option-values.ts'

/** The part of a winston transport that is used; all of it may fail. */
export interface Transport extends NodeJS.EventEmitter {
  _write(
    info: unknown,
    encoding: string,
    callback: (error?: unknown) => void,
  ): unknown
  end(): unknown
  close?(): unknown
  levels?: unknown
}

/** Makes a new transport; its code is loaded at the first call. */
export type CreateTransport = () => Transport

/** The class of a transport. */
export type TransportClass = new (options: unknown) => Transport

/** `class: winston.transports.NAME`. */
export function winstonTransport(
  name: string,
  options: Options,
): CreateTransport {
  return () => {
    const { transports } = require('winston') as typeof import('winston')
    const found = Reflect.get(transports, name) as unknown
    if (!isClass(found)) throw unknown(`winston.transports.${name}`)
    return new found(name === 'Stream' ? withStream(options) : { ...options })
  }
}

/** `module:` with `export:`, a package of the application or a file. */
export function moduleTransport(
  module: string,
  name: string,
  options: Options,
  places: readonly string[] = [],
): CreateTransport {
  return () => {
    const found = loadTransportClass(module, name, places)
    return new found({ ...options })
  }
}

/** Loads the class that a module exports; throws when it does not. */
export function loadTransportClass(
  module: string,
  name: string,
  places: readonly string[] = [],
): TransportClass {
  const loaded: unknown = requireFrom(module, places)
  const found = exportOf(loaded, name)
  if (!isClass(found)) throw unknown(`${module}, export ${name}`)
  return found
}

/** As the application would find it, then as mongowatch would. */
function requireFrom(module: string, places: readonly string[]): unknown {
  for (const place of places) {
    const from = createRequire(place)
    if (isFound(from, module)) return from(module)
  }
  return require(module)
}

function isFound(from: NodeJS.Require, module: string): boolean {
  try {
    from.resolve(module)
    return true
  } catch {
    return false // looked for elsewhere, and the last place says so
  }
}

function exportOf(loaded: unknown, name: string): unknown {
  const isDefault = name === 'default'
  if (isDefault && typeof loaded === 'function') return loaded
  return Object(loaded)[name]
}

/** A configuration file can only name a stream. */
function withStream(options: Options): Options {
  const { stream } = options
  if (stream === 'stdout' || stream === 'stderr') {
    return { ...options, stream: process[stream] }
  }
  if (typeof stream !== 'string') return { ...options }
  return { ...options, stream: createWriteStream(stream, { flags: 'a' }) }
}

function isClass(value: unknown): value is TransportClass {
  return typeof value === 'function'
}

function unknown(what: string): MongowatchError {
  return new MongowatchError('MONGOWATCH_OPTION', `${what} is no transport`)
}
