import type { MessagePort } from 'node:worker_threads'
import type { Level } from '../record/level.ts'
import type { TransportSpec } from './transport-spec.ts'

/** What the thread of a transport begins with. */
export interface TransportThreadData {
  /** The handler's name, for messages. */
  readonly handler: string
  readonly spec: TransportSpec
  readonly port: MessagePort
  /** See {@link SIGNAL} and {@link ENDED}. */
  readonly shared: Int32Array
}

/** Lines to write, or the end of them. */
export type ToThread =
  | { readonly lines: readonly (readonly [line: string, level: Level])[] }
  | { readonly end: true }

/** For each line, in their order: what went wrong, or `null`. */
export type Results = readonly (string | null)[]

/** Results, or what ends the thread. */
export type FromThread =
  | { readonly results: Results }
  | { readonly failure: string }

/** Counts messages from the thread, to wait for the next. */
export const SIGNAL = 0
/** 1 when the thread has ended. */
export const ENDED = 1
