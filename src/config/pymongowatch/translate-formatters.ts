import type { ConfigNode, MapNode } from '../node.ts'
import { listAt, MapEditor, mapEntries, scalarAt } from './edit-node.ts'
import type { Notes } from './notes.ts'
import { braceTemplate, foreignConversion } from './template-styles.ts'

/** `formatters`: styles of templates, Python's names, rows of CSV. */
export function translateFormatters(
  node: ConfigNode,
  headers: ReadonlyMap<string, string>,
  notes: Notes,
): ConfigNode {
  return mapEntries(node, (formatter, name) => {
    if (formatter.kind !== 'map' || formatter.entries.has('type'))
      return formatter
    const path = ['formatters', name]
    for (const key of ['()', 'class']) {
      const own = formatter.entries.get(key)?.node
      if (own !== undefined)
        return notes.refused(
          own,
          path,
          'A formatter in Python cannot be run',
          'type: json, csv, ecs and others, or a template',
        )
    }
    return translateFormatter(formatter, headers.get(name), path, notes)
  })
}

function translateFormatter(
  node: MapNode,
  header: string | undefined,
  path: readonly string[],
  notes: Notes,
): MapNode {
  const editor = new MapEditor(node)
  for (const key of ['validate', 'defaults'])
    if (editor.delete(key) !== undefined)
      notes.changed(path, `${key} is left out: templates are always checked`)
  const foreign = foreignConversion(editor)
  if (foreign !== undefined) {
    const { place } = editor.get('format') ?? node
    editor.delete('style')
    editor.set(
      'format',
      notes.refused(
        { ...node, place },
        [...path, 'format'],
        `Python's ${foreign} is no part of a template`,
        '{name:<8}, {process:>05}, {name:.3}: alignment, width and precision',
      ),
    )
    return editor.node()
  }
  const template = braceTemplate(editor)
  if (template === undefined) return editor.node()
  const { place } = node
  editor.set('utc', scalarAt(false, place))
  const columns = csvColumns(template, header)
  if (columns === undefined) {
    editor.set('format', scalarAt(template, editor.get('format')?.place))
    if (/\{watch\.(?!full\b|csv\b)\w/.test(template))
      editor.set('missing', scalarAt('None', place))
    return editor.node()
  }
  editor.delete('format')
  editor.delete('datefmt')
  editor.set('type', scalarAt('csv', place))
  editor.set('columns', listAt(columns, place))
  editor.set('header', scalarAt(header !== undefined, place))
  notes.changed(path, 'a csv formatter quotes every cell that needs it')
  return editor.node()
}

/** `{name},{watch.csv}` as columns; undefined when it is not only that. */
function csvColumns(
  template: string,
  header: string | undefined,
): string[] | undefined {
  const cells = template.trim().split(',')
  if (!cells.includes('{watch.csv}')) return undefined
  const names = header?.split(',') ?? []
  const columns: string[] = []
  for (const [i, cell] of cells.entries()) {
    const [, name] =
      /^\{(name|asctime|levelname|process|watch\.csv)\}$/.exec(cell) ?? []
    if (name === undefined) return undefined
    if (name === 'watch.csv') columns.push('*')
    else
      columns.push(
        name === 'name' && names[i] === 'WatcherName' ? 'WatcherName' : name,
      )
  }
  return columns
}
