import type { Source } from './node.ts'

const split = new WeakMap<Source, readonly string[]>()

/** A line of a text, from 1. The text is split once: mistakes may be many. */
export function sourceLine(source: Source, line: number): string {
  let lines = split.get(source)
  if (lines === undefined) {
    lines = source.text.split('\n')
    split.set(source, lines)
  }
  return lines[line - 1] ?? ''
}
