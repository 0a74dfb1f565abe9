import type { ConfigNode, MapNode } from '../node.ts'
import { csvHeaders } from './csv-headers.ts'
import { editMaps, editTexts, MapEditor } from './edit-node.ts'
import { lastName } from './names.ts'
import { Notes } from './notes.ts'
import { pythonBooleans } from './python-booleans.ts'
import { NOT_NEEDED, translateFilters } from './translate-filters.ts'
import { translateFormatters } from './translate-formatters.ts'
import { translateHandlers } from './translate-handlers.ts'
import {
  attachedHandlers,
  translateLoggers,
  withoutHandlers,
} from './translate-loggers.ts'
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
  let editor = new MapEditor(root)
  if (isPython(editor)) {
    const read = pythonBooleans(root)
    editor = new MapEditor(read.kind === 'map' ? read : root)
    translateParts(editor, notes)
  }
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
        /^(ext:\/\/)?logging\./.test(part.text('class') ?? '') ||
        part.text('stream')?.startsWith('ext://'),
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
  const formatters = refusedIn(editor.get('formatters'))
  editor.change('handlers', node => withoutFormatters(node, formatters))
  const filters = keysUnder(editor, 'filters')
  editor.change('filters', node => translateFilters(node, notes))
  const kept = keysUnder(editor, 'filters')
  const gone = filters.filter(name => !kept.includes(name))
  editor.change('handlers', handlers => withoutFilters(handlers, gone))
  editor.change('handlers', node => translateHandlers(node, notes))
  const refused = refusedIn(editor.get('handlers'))
  editor.change('loggers', node => withoutHandlers(node, refused))
  editor.change('loggers', node => translateLoggers(node, renamed, notes))
}

/** A handler whose formatter could not be translated has that of its class. */
function withoutFormatters(
  node: ConfigNode,
  names: readonly string[],
): ConfigNode {
  return editMaps(node, handler => {
    if (names.includes(handler.text('formatter') ?? ''))
      handler.delete('formatter')
  })
}

/** Entries in whose place a problem stands. */
function refusedIn(section: ConfigNode | undefined): string[] {
  if (section?.kind !== 'map') return []
  return [...section.entries]
    .filter(([, { node }]) => node.kind === 'scalar' && node.problem)
    .map(([name]) => name)
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
      editTexts(filters, name => (names.includes(name) ? undefined : name)),
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
