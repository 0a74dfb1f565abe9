import { hostname } from 'node:os'
import { threadId } from 'node:worker_threads'
import type { FileEnd } from './file-ends.ts'

/**
 * `$file` is the first line of a file, `$enter` the first of a writer in it;
 * `$seal` comes now and then, `$end` when a writer ends in good order.
 */
export type ControlName = '$file' | '$enter' | '$seal' | '$end'

/** The file before this one, as it was when this one was begun. */
export interface Previous extends FileEnd {
  readonly file: string
}

/** What a line about the chain itself says. */
export interface ControlOptions {
  /** The file's own number, 16 hex digits. */
  readonly file: string
  /** `$enter`: the file that the writer comes from. */
  readonly from?: string | null
  /** Bytes of whole lines that were in the file before. */
  readonly size?: number
  /** The hash of the last of them. */
  readonly hash?: string | null
  /** `$file`: the name that the handler writes to, without its folder. */
  readonly log?: string
  /** `$file`: 1, 2, 3 … of the files of a trail. */
  readonly number?: number
  readonly integrity?: string
  readonly key?: string
  readonly previous?: Previous | null
}

/** A line about the chain itself. */
export interface Control {
  readonly Operation: ControlName
  readonly StartTime: string
  readonly Host: string
  readonly PID: number
  readonly Thread: number
  readonly Options: ControlOptions
}

const HOST = hostname()
const BEGINS = /^\{"Operation":"\$(?:file|enter|seal|end)",/
const LONGEST = 4096

/** The line, before it is sealed. */
export function controlLine(
  Operation: ControlName,
  Options: ControlOptions,
): string {
  const control: Control = {
    Operation,
    StartTime: new Date().toISOString(),
    Host: HOST,
    PID: process.pid,
    Thread: threadId,
    Options,
  }
  return JSON.stringify(control)
}

/** Reads such a line; `undefined` when it is another. */
export function parseControl(line: Buffer): Control | undefined {
  if (line.length > LONGEST) return undefined
  const text = line.toString()
  if (!BEGINS.test(text)) return undefined
  try {
    const control: Control = JSON.parse(text)
    return typeof control.Options?.file === 'string' ? control : undefined
  } catch {
    return undefined
  }
}
