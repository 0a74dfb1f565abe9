import type { Options } from './option-values.ts'
import {
  type CreateTransport,
  moduleTransport,
  winstonTransport,
} from './transport-class.ts'

/** Which transport, in a form that can be sent to a thread. */
export interface TransportSpec {
  /** A package or file; without it one of winston's own. */
  readonly module: string | undefined
  /** Name of the class. */
  readonly name: string
  readonly options: Options
  /** Files beside which a package is looked for. */
  readonly places: readonly string[]
}

/** How a transport of this kind is made. */
export function transportFrom({
  module,
  name,
  options,
  places,
}: TransportSpec): CreateTransport {
  if (module === undefined) return winstonTransport(name, options)
  return moduleTransport(module, name, options, places)
}

/**
 * True for transports that write to the process's own streams: those of a
 * thread would reach them only with the help of the main thread.
 */
export function belongsHere({ module, name, options }: TransportSpec): boolean {
  if (module !== undefined) return false
  if (name === 'Console') return true
  return name === 'Stream' && /^std(?:out|err)$/.test(String(options.stream))
}
