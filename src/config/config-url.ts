import { nearestName } from './nearest.ts'
import type { ConfigNode, ConfigPath } from './node.ts'

/** Where a path led. */
export interface FoundNode {
  readonly node: ConfigNode | undefined
  /** The nearest name where the path ended too early. */
  readonly nearest: string | undefined
}

/** `cfg://handlers.audit.filters[0]` as names and indexes. */
export function parseConfigUrl(url: string): ConfigPath {
  const parts = url.slice('cfg://'.length).match(/[^.[\]]+|\[[^\]]*\]/g) ?? []
  return parts.map(part => {
    if (!part.startsWith('[')) return part
    const inner = part.slice(1, -1)
    return /^\d{1,6}$/.test(inner)
      ? Number(inner)
      : inner.replaceAll(/^["']|["']$/g, '')
  })
}

/** Follows a path; a name may hold dots (`loggers.mongowatch.cursor`). */
export function findNode(root: ConfigNode, path: ConfigPath): FoundNode {
  const [first, ...rest] = path
  if (first === undefined) return { node: root, nearest: undefined }
  if (root.kind === 'list') {
    const item = typeof first === 'number' ? root.items[first] : undefined
    return item === undefined ? NOWHERE : findNode(item, rest)
  }
  if (root.kind === 'scalar') return NOWHERE
  for (let taken = path.length; taken > 0; taken--) {
    const entry = root.entries.get(path.slice(0, taken).join('.'))
    if (entry !== undefined) return findNode(entry.node, path.slice(taken))
  }
  return {
    node: undefined,
    nearest: nearestName(String(first), root.entries.keys()),
  }
}

const NOWHERE: FoundNode = { node: undefined, nearest: undefined }
