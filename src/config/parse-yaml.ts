import type { Alias, Document, ParsedNode, YAMLMap } from 'yaml'
import { mergeTwice } from './merge.ts'
import { composeText, TooDeep } from './nesting.ts'
import type {
  ConfigNode,
  ConfigPath,
  Entry,
  Place,
  Scalar,
  Source,
} from './node.ts'
import { FILES, type Yaml } from './parse-lazy.ts'
import { type ConfigProblem, problemAt } from './problem.ts'
import type { YamlPart } from './salvage-yaml.ts'

/** Names that would reach a prototype. */
export const FORBIDDEN_KEYS: ReadonlySet<string> = new Set([
  '__proto__',
  'constructor',
  'prototype',
])

/** What aliases may grow a file to. */
export const MAX_NODES = 20_000
/** How deep maps and lists may be nested. */
export const MAX_DEPTH = 50

/** Of more keys that stand twice only the first is looked at: it takes time. */
const MOST_MERGED = 20

/** A text as nodes, with all its mistakes. */
export interface ParsedYaml {
  /** Undefined for an empty text or one that cannot be read at all. */
  readonly root: ConfigNode | undefined
  readonly problems: readonly ConfigProblem[]
}

/**
 * Reads YAML (1.2, core schema). Loads the `yaml` package when called, never
 * before; never throws.
 */
export function parseYaml(source: Source): ParsedYaml {
  const yaml = FILES.yaml()
  const anchors: Anchors = new Map()
  const read = (part: YamlPart) => readPart(yaml, source, part, anchors)
  try {
    const whole = read({ text: source.text, linesBefore: 0 })
    if (whole.root !== undefined || whole.problems.length === 0) return whole
    return FILES.salvageYaml().salvageYaml(source, read) ?? whole
  } catch (error) {
    const message = error instanceof RangeError ? TOO_DEEP : String(error)
    return {
      root: undefined,
      problems: [problemAt(start(source), [], message)],
    }
  }
}

function readPart(
  yaml: Yaml,
  source: Source,
  { text, linesBefore }: YamlPart,
  anchors: Anchors,
): ParsedYaml {
  const lines = new yaml.LineCounter()
  const place = (from: number, to: number): Place => {
    const { line, col } = lines.linePos(from)
    const length = Math.max(1, to - from)
    return { source, line: line + linesBefore, column: col, length }
  }
  try {
    const document = composeText(yaml, text, lines)
    return new Reader(yaml, document, place, anchors).read()
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error
    const problem = problemAt(place(error.at, error.at + 1), [], TOO_DEEP)
    return { root: undefined, problems: [problem] }
  }
}

const TOO_DEEP = `Nested too deeply: at most ${MAX_DEPTH} levels`

function start(source: Source): Place {
  return { source, line: 1, column: 1, length: 1 }
}

type YamlNode = ParsedNode | null | undefined
type Anchors = Map<string, YamlNode>
type PlaceOf = (from: number, to: number) => Place

/** Walks the document once; positions are kept, aliases are resolved. */
class Reader {
  readonly #yaml: Yaml
  readonly #document: Document.Parsed
  readonly #place: PlaceOf
  readonly #problems: ConfigProblem[] = []
  readonly #anchors: Anchors
  #count = 0
  #merged = 0

  constructor(
    yaml: Yaml,
    document: Document.Parsed,
    place: PlaceOf,
    anchors: Anchors,
  ) {
    this.#yaml = yaml
    this.#document = document
    this.#place = place
    this.#anchors = anchors
  }

  read(): ParsedYaml {
    const { errors, warnings, contents } = this.#document
    for (const error of [...errors, ...warnings].slice(0, 20)) {
      if (OUT_OF_STACK.test(error.message)) throw new RangeError(error.message)
      const [from, to] = error.pos
      this.#problems.push(
        problemAt(this.#place(from, to), [], sentence(error.message)),
      )
    }
    const root =
      contents === null || errors.length > 0
        ? undefined
        : this.#node(contents as ParsedNode, [])
    return { root, problems: this.#problems }
  }

  #refuse(node: YamlNode, path: ConfigPath, message: string): undefined {
    const [from, to] = node?.range ?? [0, 1]
    this.#problems.push(problemAt(this.#place(from, to), path, message))
    return undefined
  }

  #node(node: YamlNode, path: ConfigPath): ConfigNode | undefined {
    const { isAlias, isMap, isSeq } = this.#yaml
    this.#count++
    if (this.#count > MAX_NODES) {
      if (this.#count > MAX_NODES + 1) return undefined
      return this.#refuse(node, path, `More than ${MAX_NODES} values`)
    }
    if (path.length > MAX_DEPTH)
      return this.#refuse(node, path.slice(0, 4), TOO_DEEP)
    if (isAlias(node)) return this.#alias(node, path)
    if (node?.anchor) this.#anchors.set(node.anchor, node)
    const place = node?.range
      ? this.#place(node.range[0], node.range[1])
      : undefined
    if (isMap(node)) return this.#map(node, place, path)
    if (!isSeq(node)) return this.#scalar(node, place, path)
    const items = (node.items as YamlNode[])
      .map((item, index) => this.#node(item, [...path, index]))
      .filter(item => item !== undefined)
    return { kind: 'list', place, items }
  }

  #alias(node: Alias, path: ConfigPath): ConfigNode | undefined {
    const target = this.#anchors.get(node.source)
    if (target !== undefined) return this.#node(target, path)
    return this.#refuse(
      node as unknown as ParsedNode,
      path,
      `Expected an anchor before its alias *${node.source}`,
    )
  }

  #map(map: YAMLMap, place: Place | undefined, path: ConfigPath): ConfigNode {
    const entries = new Map<string, Entry>()
    let above = map.commentBefore // belongs to the first key
    for (const pair of map.items) {
      const keyNode = pair.key as YamlNode
      const comment = keyNode?.commentBefore ?? above
      above = undefined
      const key = this.#key(keyNode, path)
      if (key === undefined) continue
      const node = this.#node(pair.value as YamlNode, [...path, key])
      if (node === undefined) continue
      const first = entries.get(key)
      if (first !== undefined) {
        this.#refuse(keyNode, [...path, key], 'The same key twice')
        if (++this.#merged <= MOST_MERGED)
          entries.set(key, { ...first, node: mergeTwice(first.node, node) })
        continue
      }
      const [from, to] = keyNode?.range ?? [0, 1]
      const keyPlace = this.#place(from, to)
      entries.set(key, { keyPlace, node, ...(comment && { comment }) })
    }
    return { kind: 'map', place, entries }
  }

  #key(node: YamlNode, path: ConfigPath): string | undefined {
    if (!this.#yaml.isScalar(node) || typeof node.value === 'object')
      return this.#refuse(node, path, 'Expected a name as the key')
    const key = String(node.value)
    if (FORBIDDEN_KEYS.has(key))
      return this.#refuse(node, path, `The key ${key} is not allowed`)
    return key
  }

  #scalar(
    node: YamlNode,
    place: Place | undefined,
    path: ConfigPath,
  ): ConfigNode | undefined {
    const value = this.#yaml.isScalar(node) ? node.value : null
    if (typeof value === 'object' && value !== null)
      return this.#refuse(node, path, 'Its tag is not of the core schema')
    if (typeof value === 'number' && !Number.isFinite(value))
      return this.#refuse(node, path, 'Expected a finite number')
    return { kind: 'scalar', place, value: (value ?? null) as Scalar }
  }
}

const OUT_OF_STACK = /call stack/

function sentence(message: string): string {
  const [first = ''] = message.split('\n', 1)
  return first.length > 300 ? `${first.slice(0, 300)}…` : first
}
