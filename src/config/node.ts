import type { ConfigProblem } from './problem.ts'

/** A text the configuration was read from. */
export interface Source {
  /** Absolute, or a name like `settings` for an object of the application. */
  readonly path: string
  readonly text: string
}

/** Where something stands in a file; lines and columns count from 1. */
export interface Place {
  readonly source: Source
  readonly line: number
  readonly column: number
  /** Characters of the thing itself, at least 1. */
  readonly length: number
}

/** A value without parts. */
export type Scalar = string | number | boolean | null

/** A key of a map with what it names. */
export interface Entry {
  readonly keyPlace: Place | undefined
  readonly node: ConfigNode
  /** What stands above the key after `#`, for `convert-config`. */
  readonly comment?: string
}

/** A value of a configuration that still knows where it was written. */
export type ConfigNode = MapNode | ListNode | ScalarNode

/** `{ key: value }`. */
export interface MapNode {
  readonly kind: 'map'
  readonly place: Place | undefined
  readonly from?: Place | undefined
  readonly entries: ReadonlyMap<string, Entry>
}

/** `[ value ]`. */
export interface ListNode {
  readonly kind: 'list'
  readonly place: Place | undefined
  readonly from?: Place | undefined
  readonly items: readonly ConfigNode[]
}

/** Text, a number, true, false or null. */
export interface ScalarNode {
  readonly kind: 'scalar'
  readonly place: Place | undefined
  /** Where the value itself is, when a `cfg://…` stands at `place`. */
  readonly from?: Place | undefined
  readonly value: Scalar
  /** True when the text came out of `${…}`: it may stand for a number. */
  readonly substituted?: boolean
  /** The text with its `${…}`, to be shown instead of what may be a secret. */
  readonly written?: string
  /** Why there is no value: a reference that leads nowhere. */
  readonly problem?: ConfigProblem
}

/** The names and indexes that lead to a value. */
export type ConfigPath = readonly (string | number)[]

/** A node as a plain value; maps have no prototype. */
export function nodeValue(node: ConfigNode): unknown {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'list') return node.items.map(nodeValue)
  const value: Record<string, unknown> = Object.create(null)
  for (const [key, entry] of node.entries) value[key] = nodeValue(entry.node)
  return value
}

/** The problems that stand in the place of values. */
export function problemsIn(node: ConfigNode): readonly ConfigProblem[] {
  if (node.kind === 'list') return node.items.flatMap(problemsIn)
  if (node.kind === 'scalar') return node.problem ? [node.problem] : []
  return [...node.entries.values()].flatMap(entry => problemsIn(entry.node))
}
