import { createReadStream, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** What is in a folder of log files. */
export interface Counted {
  /** Whole lines by the writer's name, each line's number once. */
  readonly found: Map<string, Set<number>>
  readonly torn: number
  readonly doubled: number
  /** Sum of what `$drop` records say. */
  readonly dropped: number
  readonly files: number
  /** Bytes of the largest file. */
  readonly largest: number
}

/** Reads every file of a folder but locks and hidden ones. */
export async function countLines(folder: string): Promise<Counted> {
  const found = new Map<string, Set<number>>()
  let torn = 0
  let doubled = 0
  let dropped = 0
  let largest = 0
  const names = readdirSync(folder).filter(name => /^audit/.test(name))
  for (const name of names.filter(name => !name.includes('.lock'))) {
    const path = join(folder, name)
    largest = Math.max(largest, statSync(path).size)
    for await (const line of createInterface(createReadStream(path))) {
      const record = parse(line)
      if (record === undefined) torn += line === '' ? 0 : 1
      else if (record.Operation === '$drop') dropped += record.Options.count
      else if (/^\$(?:file|enter|seal|end)$/.test(record.Operation ?? ''))
        continue
      else if (!add(found, record.WatchID)) doubled++
    }
  }
  return { found, torn, doubled, dropped, files: names.length, largest }
}

/** How many of a writer's lines there are. */
export function foundOf({ found }: Counted, writer: string): number {
  return found.get(writer)?.size ?? 0
}

interface Line {
  readonly WatchID: string
  readonly Operation?: string
  readonly Options: { readonly count: number }
}

function parse(line: string): Line | undefined {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function add(found: Map<string, Set<number>>, id: string): boolean {
  const dash = id.lastIndexOf('-')
  const writer = id.slice(0, dash)
  const numbers = found.get(writer) ?? new Set()
  found.set(writer, numbers)
  const before = numbers.size
  return numbers.add(Number(id.slice(dash + 1))).size > before
}
