import type { ConfigNode, ConfigPath, Entry, Scalar } from './node.ts'
import {
  FORBIDDEN_KEYS,
  MAX_DEPTH,
  MAX_NODES,
  type ParsedYaml,
} from './parse-yaml.ts'
import { type ConfigProblem, problemAt } from './problem.ts'

/**
 * A JavaScript value as nodes without places: what `configure()` is given.
 * What YAML could not hold (a function, a cycle) is a problem.
 */
export function nodeFromObject(value: unknown): ParsedYaml {
  const reader = new ObjectReader()
  try {
    return { root: reader.node(value, []), problems: reader.problems }
  } catch (error) {
    const problem = problemAt(undefined, [], `Cannot be read: ${String(error)}`)
    return { root: undefined, problems: [problem] }
  }
}

class ObjectReader {
  readonly problems: ConfigProblem[] = []
  #count = 0

  node(value: unknown, path: ConfigPath): ConfigNode | undefined {
    this.#count++
    if (this.#count > MAX_NODES || path.length > MAX_DEPTH)
      throw new RangeError('nested too deeply or too large')
    if (Array.isArray(value)) return this.#list(value, path)
    if (typeof value === 'object' && value !== null)
      return this.#map(value, path)
    if (isScalar(value)) return { kind: 'scalar', place: undefined, value }
    const got = typeof value === 'number' ? String(value) : typeof value
    const message = `Expected a value that YAML can hold, got ${got}`
    this.problems.push(problemAt(undefined, path, message))
    return undefined
  }

  #list(value: readonly unknown[], path: ConfigPath): ConfigNode {
    const items = value
      .map((item, index) => this.node(item, [...path, index]))
      .filter(item => item !== undefined)
    return { kind: 'list', place: undefined, items }
  }

  #map(value: object, path: ConfigPath): ConfigNode {
    const entries = new Map<string, Entry>()
    for (const [key, child] of Object.entries(value)) {
      if (child === undefined) continue
      if (FORBIDDEN_KEYS.has(key)) {
        const message = `The key ${key} is not allowed`
        this.problems.push(problemAt(undefined, path, message))
        continue
      }
      const node = this.node(child, [...path, key])
      if (node !== undefined) entries.set(key, { keyPlace: undefined, node })
    }
    return { kind: 'map', place: undefined, entries }
  }
}

function isScalar(value: unknown): value is Scalar {
  if (typeof value === 'number') return Number.isFinite(value)
  return (
    value === null || typeof value === 'string' || typeof value === 'boolean'
  )
}
