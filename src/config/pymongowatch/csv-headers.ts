import type { ConfigNode } from '../node.ts'
import { editMaps, MapEditor, textOf } from './edit-node.ts'
import type { Notes } from './notes.ts'

/**
 * Takes `csv:` out of the watchers: which formatter begins a file with which
 * header.
 */
export function csvHeaders(
  root: MapEditor,
  notes: Notes,
): ReadonlyMap<string, string> {
  const headers = new Map<string, string>()
  const handlers = root.get('handlers')
  root.change('watchers', watchers =>
    editMaps(watchers, (editor, name) => {
      const csv = editor.delete('csv')
      if (csv === undefined) return
      for (const item of csv.kind === 'list' ? csv.items : [csv]) {
        const found = formatterOf(item, handlers)
        if (found !== undefined) headers.set(found.formatter, found.header)
      }
      notes.changed(
        ['watchers', name],
        'csv is left out: `header: true` of a csv formatter does it',
      )
    }),
  )
  return headers
}

function formatterOf(
  item: ConfigNode,
  handlers: ConfigNode | undefined,
): { formatter: string; header: string } | undefined {
  if (item.kind !== 'map' || handlers?.kind !== 'map') return undefined
  const editor = new MapEditor(item)
  const file = editor.text('file') ?? ''
  const header = editor.text('add_headers_if_empty')
  const [, named] = /^cfg:\/\/handlers\.(.+)\.filename$/.exec(file) ?? []
  for (const [name, { node }] of handlers.entries) {
    if (node.kind !== 'map') continue
    const isIt =
      named === name || textOf(node.entries.get('filename')?.node) === file
    const formatter = textOf(node.entries.get('formatter')?.node)
    if (isIt && formatter !== undefined && header !== undefined)
      return { formatter, header }
  }
  return undefined
}
