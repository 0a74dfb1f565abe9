import type { ConfigNode, MapNode } from '../node.ts'
import { csvHeaders } from './csv-headers.ts'
import { editMaps, listAt, MapEditor, textsOf } from './edit-node.ts'
import { lastName } from './names.ts'
import { Notes } from './notes.ts'
import { NOT_NEEDED, translateFilters } from './translate-filters.ts'
import { translateFormatters } from './translate-formatters.ts'
import { translateHandlers } from './translate-handlers.ts'
import { attachedHandlers, translateLoggers } from './translate-loggers.ts'
import { translateQueues } from './translate-queues.ts'
import { translateWatchers } from './translate-watchers.ts'

/** A configuration in mongowatch's own form. */
export interface Translated {
  readonly root: ConfigNode
  readonly notes: Notes
}

/**
 * Reads what pymongowatch and Python's logging write otherwise. What has its
 * own form already stays as it is; what cannot be has a problem in its place.
 */
export function translatePymongowatch(root: ConfigNode): Translated {
  const notes = new Notes()
  if (root.kind !== 'map') return { root, notes }
  const editor = new MapEditor(root)
  if (isPython(editor)) translateParts(editor, notes)
  editor.change('watchers', node => translateWatchers(node, notes))
  return { root: editor.node(), notes }
}

/** True for a file that Python's logging could read. */
function isPython(editor: MapEditor): boolean {
  const loggers = keysUnder(editor, 'loggers')
  if (loggers.some(name => name.startsWith('pymongo'))) return true
  return ['filters', 'handlers'].some(section =>
    mapsUnder(editor, section).some(
      part =>
        part.get('()') !== undefined ||
        /^(ext:\/\/)?logging\./.test(part.text('class') ?? ''),
    ),
  )
}

function translateParts(editor: MapEditor, notes: Notes): void {
  for (const key of ['disable_existing_loggers', 'incremental'])
    if (editor.delete(key) !== undefined)
      notes.changed([], `${key} is left out: it is about other loggers`)
  moveRoot(editor)
  const headers = csvHeaders(editor, notes)
  const unneeded = unneededFilters(editor)
  editor.change('handlers', handlers => withoutFilters(handlers, unneeded))
  const renamed = changeQueues(editor, notes)
  editor.change('formatters', node => translateFormatters(node, headers, notes))
  editor.change('filters', node => translateFilters(node, notes))
  editor.change('handlers', node => translateHandlers(node, notes))
  editor.change('loggers', node => translateLoggers(node, renamed, notes))
}

/** `root:` beside `loggers:` is the logger of that name. */
function moveRoot(editor: MapEditor): void {
  const root = editor.delete('root')
  if (root === undefined) return
  const loggers = editor.get('loggers')
  const empty: MapNode = { kind: 'map', place: root.place, entries: new Map() }
  const inner = new MapEditor(loggers?.kind === 'map' ? loggers : empty)
  inner.set('root', root)
  editor.set('loggers', inner.node())
}

function unneededFilters(editor: MapEditor): string[] {
  const filters = editor.get('filters')
  if (filters?.kind !== 'map') return []
  return [...filters.entries]
    .filter(([, { node }]) => {
      if (node.kind !== 'map') return false
      const type = new MapEditor(node).text('()') ?? ''
      return Object.hasOwn(NOT_NEEDED, lastName(type))
    })
    .map(([name]) => name)
}

function withoutFilters(
  node: ConfigNode,
  names: readonly string[],
): ConfigNode {
  if (names.length === 0) return node
  return editMaps(node, handler =>
    handler.change('filters', filters =>
      listAt(
        textsOf(filters).filter(name => !names.includes(name)),
        filters.place,
      ),
    ),
  )
}

function changeQueues(
  editor: MapEditor,
  notes: Notes,
): ReadonlyMap<string, string> {
  const handlers = editor.get('handlers')
  if (handlers?.kind !== 'map') return new Map()
  const attached = attachedHandlers(editor.get('loggers'))
  const queues = translateQueues(handlers, attached, notes)
  editor.set('handlers', queues.handlers)
  return queues.renamed
}

function keysUnder(editor: MapEditor, section: string): string[] {
  const node = editor.get(section)
  return node?.kind === 'map' ? [...node.entries.keys()] : []
}

function mapsUnder(editor: MapEditor, section: string): MapEditor[] {
  const node = editor.get(section)
  if (node?.kind !== 'map') return []
  return [...node.entries.values()]
    .map(entry => entry.node)
    .filter(part => part.kind === 'map')
    .map(part => new MapEditor(part))
}
