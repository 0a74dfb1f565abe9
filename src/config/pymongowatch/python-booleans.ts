import type { ConfigNode } from '../node.ts'
import { MapEditor, scalarAt } from './edit-node.ts'

/** Words of YAML 1.1, which Python reads, that are text in YAML 1.2. */
const WORDS: Readonly<Record<string, boolean>> = {
  yes: true,
  on: true,
  no: false,
  off: false,
}

/** Keys whose value is never text. */
const KEYS: ReadonlySet<string> = new Set([
  'propagate',
  'exception_result',
  'ignore_nones',
  'ignore_intermediates',
  'drop_records',
  'clone_watch',
  'enable_multiprocessing',
  'register_atexit',
  'emit_on_new_retrieves',
  'delay',
  'utc',
])

/** `propagate: no` as `propagate: false`, wherever it stands. */
export function pythonBooleans(node: ConfigNode): ConfigNode {
  if (node.kind === 'scalar') return node
  if (node.kind === 'list')
    return { ...node, items: node.items.map(pythonBooleans) }
  const editor = new MapEditor(node)
  for (const key of node.entries.keys())
    editor.change(key, value =>
      KEYS.has(key) ? asBoolean(value) : pythonBooleans(value),
    )
  return editor.node()
}

function asBoolean(node: ConfigNode): ConfigNode {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return node
  const value = WORDS[node.value.toLowerCase()]
  return value === undefined ? node : scalarAt(value, node.place)
}
