import { findNode, parseConfigUrl } from './config-url.ts'
import type { ResolvedValues } from './hide-resolved.ts'
import type { ConfigNode, ConfigPath, Entry, ScalarNode } from './node.ts'
import { MAX_DEPTH, MAX_NODES } from './parse-yaml.ts'
import { problemAt } from './problem.ts'
import {
  createSubstitution,
  type SeenFiles,
  type Substitution,
} from './substitution.ts'

/**
 * Puts values in the place of `cfg://…`, `${env:…}` and `${file:…}`. Where a
 * reference leads nowhere the node holds a problem instead.
 */
export function resolveReferences(
  root: ConfigNode,
  env: NodeJS.ProcessEnv,
  seen: SeenFiles = new Map(),
  values: ResolvedValues = new Map(),
): ConfigNode {
  const substitute = createSubstitution(env, seen, values)
  return new Resolver(root, substitute).node(root, [], [])
}

class Resolver {
  readonly #root: ConfigNode
  readonly #substitute: Substitution
  #count = 0

  constructor(root: ConfigNode, substitute: Substitution) {
    this.#root = root
    this.#substitute = substitute
  }

  /** `pending` holds the cfg:// texts that led here. */
  node(
    node: ConfigNode,
    path: ConfigPath,
    pending: readonly string[],
  ): ConfigNode {
    if (++this.#count > MAX_NODES || path.length > MAX_DEPTH)
      return refused(node, path.slice(0, 4), TOO_MUCH)
    if (node.kind === 'scalar') return this.#scalar(node, path, pending)
    if (node.kind === 'list') {
      const items = node.items.map((item, index) =>
        this.node(item, [...path, index], pending),
      )
      return { ...node, items }
    }
    const entries = new Map<string, Entry>()
    for (const [key, entry] of node.entries) {
      const resolved = this.node(entry.node, [...path, key], pending)
      entries.set(key, { ...entry, node: resolved })
    }
    return { ...node, entries }
  }

  #scalar(
    node: ScalarNode,
    path: ConfigPath,
    pending: readonly string[],
  ): ConfigNode {
    if (typeof node.value !== 'string') return node
    if (node.value.startsWith('cfg://'))
      return this.#follow(node, path, pending)
    if (!node.value.includes('${')) return node
    const { text, mistake } = this.#substitute(node.value, node.place)
    if (mistake === undefined)
      return { ...node, value: text, substituted: true, written: node.value }
    return refused(node, path, mistake.message, mistake.hint)
  }

  #follow(
    node: ScalarNode,
    path: ConfigPath,
    pending: readonly string[],
  ): ConfigNode {
    const url = String(node.value)
    if (pending.includes(url))
      return refused(node, path, `The reference ${url} leads to itself`)
    const found = findNode(this.#root, parseConfigUrl(url))
    if (found.node === undefined)
      return refused(
        node,
        path,
        `Expected a value at ${url}, there is none`,
        found.nearest && `did you mean ${found.nearest}?`,
      )
    const value = this.node(found.node, path, [...pending, url])
    return { ...value, place: node.place, from: value.from ?? value.place }
  }
}

const TOO_MUCH = 'References make the configuration too large'

function refused(
  { place }: ConfigNode,
  path: ConfigPath,
  message: string,
  hint?: string,
): ScalarNode {
  const problem = problemAt(place, path, message, { hint })
  return { kind: 'scalar', place, value: null, problem }
}
