import { mergeTwice } from './merge.ts'
import type { ConfigNode, Entry, Source } from './node.ts'
import type { ParsedYaml } from './parse-yaml.ts'
import { problemAt } from './problem.ts'

/** A section of a file: its lines from a key in the first column on. */
export interface YamlPart {
  readonly text: string
  /** Lines of the file before it. */
  readonly linesBefore: number
}

/** More sections than any configuration has. */
const MOST_PARTS = 100

/** Not a comment, nor what goes on with what is above. */
const BEGIN = /^[^\s#\-\]},]/
const NAME = /^["']?([\w-]+)/

/**
 * What can be read of a file with mistakes in its syntax: every section by
 * itself. One that cannot be read has a problem in its place. Undefined when
 * the file has no such sections.
 */
export function salvageYaml(
  source: Source,
  read: (part: YamlPart) => ParsedYaml,
): ParsedYaml | undefined {
  const parts = partsOf(source.text)
  if (parts.length < 2 || parts.length > MOST_PARTS) return undefined
  const entries = new Map<string, Entry>()
  const problems = parts.flatMap(part => {
    const { root, problems: own } = read(part)
    if (root?.kind === 'map') return [...own, ...addAll(entries, root.entries)]
    const name = NAME.exec(part.text)?.[1]
    const problem = own[0] ?? noSection(source, part)
    const node: ConfigNode = {
      kind: 'scalar',
      place: problem.place,
      value: null,
      problem,
    }
    if (name !== undefined && !entries.has(name))
      entries.set(name, { keyPlace: problem.place, node })
    return own.length > 0 ? own : [problem]
  })
  const place = { source, line: 1, column: 1, length: 1 }
  return { root: { kind: 'map', place, entries }, problems }
}

function partsOf(text: string): YamlPart[] {
  const parts: { lines: string[]; linesBefore: number }[] = []
  text.split('\n').forEach((line, linesBefore) => {
    if (BEGIN.test(line)) parts.push({ lines: [line], linesBefore })
    else parts.at(-1)?.lines.push(line)
  })
  return parts.map(({ lines, linesBefore }) => ({
    text: `${lines.join('\n')}\n`,
    linesBefore,
  }))
}

function addAll(
  entries: Map<string, Entry>,
  found: ReadonlyMap<string, Entry>,
): ReturnType<typeof problemAt>[] {
  return [...found].flatMap(([key, entry]) => {
    const first = entries.get(key)
    entries.set(key, entry)
    if (first === undefined) return []
    const node = mergeTwice(first.node, entry.node)
    entries.set(key, { ...first, node })
    return [problemAt(entry.keyPlace, [key], 'The same key twice')]
  })
}

function noSection(source: Source, { text, linesBefore }: YamlPart) {
  const [line = ''] = text.split('\n', 1)
  const place = {
    source,
    line: linesBefore + 1,
    column: 1,
    length: line.length,
  }
  return problemAt(place, [], 'Expected a key with a colon behind it')
}
