import type { ConfigNode, Entry } from './node.ts'

/**
 * Lays a later file over an earlier one: maps merge deeply, everything else
 * replaces. A section with all of it commented out takes nothing away. Every
 * value keeps the place where it was written.
 */
export function mergeNodes(
  earlier: ConfigNode | undefined,
  later: ConfigNode | undefined,
): ConfigNode | undefined {
  if (earlier === undefined) return later
  if (later === undefined) return earlier
  if (later.kind === 'scalar' && later.problem !== undefined) return earlier
  if (isNothing(later) && earlier.kind !== 'scalar') return earlier
  if (earlier.kind !== 'map' || later.kind !== 'map') return later
  const entries = new Map<string, Entry>(earlier.entries)
  for (const [key, entry] of later.entries) {
    const old = entries.get(key)
    const node = mergeNodes(old?.node, entry.node) ?? entry.node
    entries.set(key, { ...entry, node })
  }
  return { kind: 'map', place: later.place, entries }
}

/** True for `handlers:` or `---` with nothing, or only comments, below it. */
export function isNothing(node: ConfigNode): boolean {
  return (
    node.kind === 'scalar' && node.value === null && node.problem === undefined
  )
}

/**
 * What the same key twice in one file stands for: the first decides, and what
 * only the second has is not lost, nor are its mistakes.
 */
export function mergeTwice(first: ConfigNode, second: ConfigNode): ConfigNode {
  const isEmpty = first.kind === 'scalar' && first.value === null
  return (isEmpty ? second : mergeNodes(second, first)) ?? first
}
