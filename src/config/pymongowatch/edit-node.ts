import type {
  ConfigNode,
  Entry,
  ListNode,
  MapNode,
  Place,
  Scalar,
  ScalarNode,
} from '../node.ts'
import { levelName } from './names.ts'

/** A map that can be changed before it becomes a node again. */
export class MapEditor {
  readonly #place: Place | undefined
  readonly entries: Map<string, Entry>

  constructor(node: MapNode) {
    this.#place = node.place
    this.entries = new Map(node.entries)
  }

  get(key: string): ConfigNode | undefined {
    return this.entries.get(key)?.node
  }

  /** The text under a key, if it is one. */
  text(key: string): string | undefined {
    const node = this.get(key)
    return node?.kind === 'scalar' && typeof node.value === 'string'
      ? node.value
      : undefined
  }

  set(key: string, node: ConfigNode): void {
    const keyPlace = this.entries.get(key)?.keyPlace ?? node.place
    this.entries.set(key, { ...this.entries.get(key), keyPlace, node })
  }

  delete(key: string): ConfigNode | undefined {
    const node = this.get(key)
    this.entries.delete(key)
    return node
  }

  /** Another name for a key, in the same position. */
  rename(key: string, name: string): void {
    if (key === name || !this.entries.has(key)) return
    const all = [...this.entries]
    this.entries.clear()
    for (const [each, entry] of all) {
      if (each === key) this.entries.set(name, entry)
      else if (each !== name) this.entries.set(each, entry)
    }
  }

  /** Another node under a key, when there is one. */
  change(
    key: string,
    edit: (node: ConfigNode) => ConfigNode | undefined,
  ): void {
    const node = this.get(key)
    if (node === undefined) return
    const edited = edit(node)
    if (edited === undefined) this.entries.delete(key)
    else if (edited !== node) this.set(key, edited)
  }

  node(): MapNode {
    return { kind: 'map', place: this.#place, entries: this.entries }
  }
}

/** A value that stands where another one stood. */
export function scalarAt(value: Scalar, place: Place | undefined): ScalarNode {
  return { kind: 'scalar', place, value }
}

/** A list of texts that stands where something else stood. */
export function listAt(
  items: readonly string[],
  place: Place | undefined,
): ListNode {
  return {
    kind: 'list',
    place,
    items: items.map(item => scalarAt(item, place)),
  }
}

/** Every text of a list, changed where it stands; `undefined` leaves it out. */
export function editTexts(
  node: ConfigNode,
  edit: (text: string) => string | undefined,
): ConfigNode {
  if (node.kind !== 'list') return node
  const items = node.items.flatMap(item => {
    if (item.kind !== 'scalar' || typeof item.value !== 'string') return [item]
    const text = edit(item.value)
    return text === undefined ? [] : [{ ...item, value: text }]
  })
  return { ...node, items }
}

/** A map that stands where something else stood. */
export function mapAt(
  values: Readonly<Record<string, ConfigNode>>,
  place: Place | undefined,
): MapNode {
  const entries = Object.entries(values).map(
    ([key, node]) => [key, { keyPlace: place, node }] as const,
  )
  return { kind: 'map', place, entries: new Map(entries) }
}

/** The texts of a list; other items are left out. */
export function textsOf(node: ConfigNode | undefined): string[] {
  if (node?.kind !== 'list') return []
  return node.items
    .filter(item => item.kind === 'scalar')
    .map(item => String(item.value))
}

/** The text of a scalar. */
export function textOf(node: ConfigNode | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string'
    ? node.value
    : undefined
}

/** Every entry of a map, changed; `undefined` leaves it out. */
export function mapEntries(
  node: ConfigNode,
  edit: (node: ConfigNode, key: string) => ConfigNode | undefined,
): ConfigNode {
  if (node.kind !== 'map') return node
  const editor = new MapEditor(node)
  for (const key of node.entries.keys())
    editor.change(key, child => edit(child, key))
  return editor.node()
}

/** `10` as `debug`: Python lets levels be numbers. */
export function levelNode(node: ConfigNode): ConfigNode {
  if (node.kind !== 'scalar' || typeof node.value !== 'number') return node
  return scalarAt(levelName(node.value), node.place)
}

/** Every entry that is a map, changed. */
export function editMaps(
  node: ConfigNode,
  edit: (editor: MapEditor, key: string) => void,
): ConfigNode {
  return mapEntries(node, (child, key) => {
    if (child.kind !== 'map') return child
    const editor = new MapEditor(child)
    edit(editor, key)
    return editor.node()
  })
}
