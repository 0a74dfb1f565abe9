import type { MessagePort } from 'node:worker_threads'
import type { Level } from '../record/level.ts'

/** What a thread begins with. */
export interface ThreadData<Spec = unknown> {
  /** The handler's name, for messages. */
  readonly handler: string
  readonly spec: Spec
  readonly port: MessagePort
  /** See {@link SIGNAL} and {@link ENDED}. */
  readonly shared: Int32Array
}

/** Lines to write; in how many milliseconds the process ends; or their end. */
export type ToThread =
  | { readonly lines: readonly (readonly [line: string, level: Level])[] }
  | { readonly hurry: number }
  | { readonly end: true }

/** For each line, in their order: what went wrong, or `null`. */
export type Results = readonly (string | null)[]

/**
 * Results, why lines have to wait, for how long there is nothing to say, how
 * many confirmed lines were lost all the same, or what ends the thread.
 */
export type FromThread =
  | { readonly results: Results }
  | { readonly trouble: string }
  | { readonly pauseMs: number }
  | { readonly late: readonly [count: number, reason: string] }
  | { readonly failure: string }

/** Counts messages from the thread, to wait for the next. */
export const SIGNAL = 0
/** 1 when the thread has ended. */
export const ENDED = 1
