import type { Document, Node, Pair } from 'yaml'
import { gotText } from './assertions.ts'
import { nodeFromObject } from './from-object.ts'
import {
  type ConfigNode,
  type ConfigPath,
  type MapNode,
  problemsIn,
} from './node.ts'
import { parseYaml } from './parse-yaml.ts'
import { printable } from './printable.ts'
import { type ConfigProblem, problemAt } from './problem.ts'
import type { Note } from './pymongowatch/notes.ts'
import { translatePymongowatch } from './pymongowatch/translate.ts'
import { standIn } from './stand-in.ts'

/** What `mongowatch convert-config` prints. */
export interface ConvertedConfig {
  /** YAML in mongowatch's own form; comments tell what had to change. */
  readonly text: string
  /** What cannot be converted: mistakes of YAML, parts without counterpart. */
  readonly problems: readonly ConfigProblem[]
}

/**
 * Converts a configuration of pymongowatch. The result has the same effect as
 * the original has when mongowatch reads it.
 */
export function convertConfig(
  text: string,
  path = 'pymongowatch.yaml',
): ConvertedConfig {
  const parsed = parseYaml({ path, text })
  if (parsed.root === undefined) return { text: '', problems: parsed.problems }
  if (parsed.root.kind !== 'map') {
    const message = `Expected a map, got ${gotText(parsed.root)}`
    const problem = problemAt(parsed.root.place, [], message)
    return { text: '', problems: [...parsed.problems, problem] }
  }
  const { root, notes } = translatePymongowatch(parsed.root)
  return {
    text: new YamlWriter(notes.all).write(root),
    problems: [...parsed.problems, ...problemsIn(root)],
  }
}

const HEAD = ' Converted by mongowatch convert-config'

class YamlWriter {
  readonly #yaml = require('yaml') as typeof import('yaml')
  readonly #document: Document
  readonly #notes: readonly Note[]

  constructor(notes: readonly Note[]) {
    this.#notes = notes
    this.#document = new this.#yaml.Document()
  }

  write(root: ConfigNode): string {
    const document = this.#document
    document.contents = this.#node(root, [])
    document.commentBefore = [HEAD, ...this.#about([])].join('\n')
    return document.toString({ lineWidth: 0, flowCollectionPadding: false })
  }

  /** What there is to say about a path, one comment line each. */
  #about(path: ConfigPath, prefix = ''): string[] {
    const key = path.join('\0')
    return this.#notes
      .filter(note => note.path.join('\0') === key)
      .map(note => ` ${prefix}${printable(note.text)}`)
  }

  #node(node: ConfigNode, path: ConfigPath): Node {
    if (node.kind === 'map') return this.#map(node, path)
    if (node.kind === 'scalar') return this.#document.createNode(node.value)
    const list = new this.#yaml.YAMLSeq()
    list.items = node.items.map((item, i) => this.#node(item, [...path, i]))
    list.flow = node.items.every(({ kind }) => kind === 'scalar')
    return list
  }

  #map(node: MapNode, path: ConfigPath): Node {
    const map = new this.#yaml.YAMLMap()
    const lost: string[] = []
    for (const [key, entry] of node.entries) {
      const at = [...path, key]
      const value = usable(entry.node, at)
      if (value === undefined) {
        lost.push(...this.#about(at, `${key}: `))
        continue
      }
      const name = this.#document.createNode(key)
      const own = entry.comment === undefined ? [] : [entry.comment]
      const comment = [...own, ...this.#about(at)].join('\n')
      if (comment !== '') name.commentBefore = comment
      map.items.push(new this.#yaml.Pair(name, this.#node(value, at)) as Pair)
    }
    const gone = this.#notes
      .filter(
        ({ path: at }) =>
          isBelow(at, path) && !node.entries.has(String(at.at(-1))),
      )
      .map(note => ` ${String(note.path.at(-1))}: ${printable(note.text)}`)
    const comment = [...lost, ...gone].join('\n')
    if (comment !== '') map.comment = comment
    map.flow = map.items.length === 0
    return map
  }
}

/** True for a path of one name more. */
function isBelow(path: ConfigPath, above: ConfigPath): boolean {
  return (
    path.length === above.length + 1 &&
    above.every((part, i) => part === path[i])
  )
}

/** What can be written: for a filter that cannot be, what stands in for it. */
function usable(node: ConfigNode, path: ConfigPath): ConfigNode | undefined {
  if (
    path.length === 2 &&
    path[0] === 'filters' &&
    problemsIn(node).length > 0
  ) {
    const keys = node.kind === 'map' ? [...node.entries.keys()] : []
    return nodeFromObject(standIn(keys)).root
  }
  return node.kind === 'scalar' && node.problem ? undefined : node
}
