import { fstatSync } from 'node:fs'
import { Readable, type Writable } from 'node:stream'

/** A stream that may be a terminal. */
export type Output = Writable & {
  readonly isTTY?: boolean
  readonly columns?: number
}

/** What a command reads from and writes to. */
export interface Io {
  readonly stdin: Readable & { readonly isTTY?: boolean }
  readonly stdout: Output
  readonly stderr: Output
  readonly env: Readonly<Record<string, string | undefined>>
}

/** This process's own. */
export function processIo(): Io {
  const { stdout, stderr, env } = process
  for (const stream of [stdout, stderr]) giveSize(stream)
  return { stdin: standardInput(), stdout, stderr, env }
}

/** A serial line, or a terminal that nobody told its size, has 0 columns. */
function giveSize(stream: NodeJS.WriteStream): void {
  if (!stream.isTTY) return
  stream.columns ||= 80
  stream.rows ||= 24
}

/** Node takes a folder for an empty file; `cat` does not. */
function standardInput(): Io['stdin'] {
  if (!fstatSync(0).isDirectory()) return process.stdin
  const error = { code: 'EISDIR', syscall: 'read' }
  return new Readable({
    read() {
      this.destroy(Object.assign(new Error('EISDIR'), error))
    },
  })
}

/** Writes, and waits when the reader is slower than we are. */
export function write(
  stream: Writable,
  text: string | Uint8Array,
): Promise<void> | undefined {
  if (stream.write(text)) return undefined
  return new Promise(resolve => {
    const go = () => {
      stream.off('drain', go).off('close', go)
      resolve()
    }
    stream.on('drain', go).on('close', go)
  })
}
