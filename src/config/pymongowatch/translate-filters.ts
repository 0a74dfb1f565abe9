import type { ConfigNode, ConfigPath, MapNode } from '../node.ts'
import {
  listAt,
  MapEditor,
  mapAt,
  mapEntries,
  scalarAt,
  textsOf,
} from './edit-node.ts'
import { translateExpression } from './expression.ts'
import { entryOf, fieldName, lastName, loggerName } from './names.ts'
import type { Notes } from './notes.ts'
import { refuseFilterCode } from './refuse-execute.ts'

/** `filters`, without those that mongowatch does not need. */
export function translateFilters(node: ConfigNode, notes: Notes): ConfigNode {
  return mapEntries(node, (filter, name) => {
    if (filter.kind !== 'map' || !filter.entries.has('()'))
      return isNameFilter(filter) ? byLogger(filter) : filter
    const editor = new MapEditor(filter)
    const type = lastName(editor.text('()') ?? '')
    const path = ['filters', name]
    const written = editor.text('()') ?? ''
    const isForeign = type === 'Filter' && !LOGGING_FILTER.test(written)
    const translate = isForeign ? undefined : entryOf(FILTERS, type)
    if (translate !== undefined) return translate(editor, path, notes)
    return notes.refused(
      filter,
      path,
      `The Python filter ${type || 'without a name'} cannot be run`,
      'when, match, mask, redact, sample, rate, fields or module',
    )
  })
}

/** Filters of pymongowatch that are not needed: nothing takes their place. */
export const NOT_NEEDED: Readonly<Record<string, string>> = {
  AddPymongoResults: 'results are in their fields by themselves',
  RestoreOriginalWatcher: 'no filter sees what another handler changed',
}

type Translate = (
  editor: MapEditor,
  path: ConfigPath,
  notes: Notes,
) => ConfigNode | undefined

/** Any module may have a class of this name; this one looks at loggers. */
const LOGGING_FILTER = /^(ext:\/\/)?logging\.Filter$/

const FILTERS: Readonly<Record<string, Translate>> = {
  ExpressionFilter: translateExpressionFilter,
  RateFilter: translateRate,
  Filter: editor => byLogger(editor.node()),
  ExecuteFilter: refuseFilterCode,
  AddFieldAttributes: (editor, path, notes) =>
    notes.refused(
      editor.node(),
      path,
      'Attributes of Python objects are not there',
      'watchers.collection.operations says what goes to which field',
    ),
  AddPymongoResults: left,
  RestoreOriginalWatcher: left,
}

function left(editor: MapEditor, path: ConfigPath, notes: Notes): undefined {
  const type = lastName(editor.text('()') ?? '')
  notes.changed(path, `${type} is left out: ${NOT_NEEDED[type]}`)
}

function translateExpressionFilter(
  editor: MapEditor,
  path: ConfigPath,
  notes: Notes,
): ConfigNode {
  if (editor.get('execute') !== undefined)
    return refuseFilterCode(editor, path, notes)
  const node = editor.get('expression') ?? editor.node()
  if ((editor.text('expression') ?? '').trim() === '')
    return mapAt({ when: noExpression(node, path, notes) }, node.place)
  const translated = translateExpression(editor.text('expression') ?? '')
  const { place } = node
  if ('unknown' in translated) {
    const refused = notes.refused(
      node,
      path,
      `The Python expression has something that CEL has not: ${translated.unknown}`,
      'write it as when: with fields, ==, <, &&, ||, !, in, size(), or as match:; until then every record passes',
    )
    return mapAt({ when: refused }, place)
  }
  if (translated.lacking.length > 0)
    notes.changed(
      path,
      `where a record has no ${translated.lacking.join(', ')} it is null here, and an exception in Python`,
    )
  const failed = editor.get('exception_result')
  const keeps = failed?.kind === 'scalar' && failed.value === true
  return mapAt(
    {
      when: scalarAt(translated.cel, place),
      exception_result: scalarAt(keeps ? 'keep' : 'drop', place),
      ...unknownKeys(editor, EXPRESSION_KEYS, path, notes),
    },
    place,
  )
}

function noExpression(
  node: ConfigNode,
  path: ConfigPath,
  notes: Notes,
): ConfigNode {
  return notes.refused(
    node,
    path,
    'Expected an expression of this ExpressionFilter, as text',
    'when: "Duration > 0.1" is one; until then every record passes',
  )
}

const EXPRESSION_KEYS = ['expression', 'execute', 'exception_result']

/** Said by every filter of pymongowatch, and without effect here. */
const COMMON_KEYS = ['()', 'name', 'clone_watch']

/** A problem in the place of each key that a filter has not. */
function unknownKeys(
  editor: MapEditor,
  known: readonly string[],
  path: ConfigPath,
  notes: Notes,
): Record<string, ConfigNode> {
  const type = lastName(editor.text('()') ?? '')
  const unknown = [...editor.entries].filter(
    ([key]) => !known.includes(key) && !COMMON_KEYS.includes(key),
  )
  return Object.fromEntries(
    unknown.map(([key, { node }]) => [
      key,
      notes.refused(
        node,
        [...path, key],
        `${type} has no ${key.slice(0, 60)}`,
        `it has ${known.join(', ')}`,
      ),
    ]),
  )
}

const RATE_KEYS: Readonly<Record<string, string>> = {
  attributes: 'attributes',
  output_rate_sec: 'output_rate_sec',
  suffix: 'suffix',
  ignore_nones: 'ignore_nones',
  ignore_intermediates: 'ignore_intermediates',
  drop_records: 'drop',
}

/** Keys without a counterpart that change no sum, and why not. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  enable_multiprocessing: 'rates are those of one process',
  extra_timeout_sec: 'a period is written when the next begins, or at the end',
}

function translateRate(
  editor: MapEditor,
  path: ConfigPath,
  notes: Notes,
): ConfigNode | undefined {
  const { place } = editor.node()
  const rate: Record<string, ConfigNode> = {}
  for (const [key, { node }] of editor.entries) {
    const name = entryOf(RATE_KEYS, key)
    if (name !== undefined) rate[name] = node
  }
  const known = [...Object.keys(RATE_KEYS), ...Object.keys(LEFT_OUT)]
  const unknown = unknownKeys(editor, known, path, notes)
  for (const [key, why] of Object.entries(LEFT_OUT))
    if (editor.get(key) !== undefined)
      notes.changed(path, `${key} is left out: ${why}`)
  const fields = textsOf(rate.attributes).map(fieldName)
  if (fields.length === 0) {
    notes.changed(path, 'a rate of nothing is left out')
    return undefined
  }
  rate.attributes = listAt(fields, rate.attributes?.place)
  if (rate.suffix?.kind === 'scalar' && rate.suffix.value === null)
    rate.suffix = scalarAt('', place)
  return mapAt({ rate: mapAt(rate, place), ...unknown }, place)
}

/** Python's own filter: `{name: pymongo.watcher.cursor}`. */
function isNameFilter(node: ConfigNode): node is MapNode {
  return (
    node.kind === 'map' &&
    [...node.entries.keys()].every(key => key === 'name') &&
    node.entries.size === 1
  )
}

function byLogger(node: MapNode): ConfigNode {
  const editor = new MapEditor(node)
  const written = editor.text('name') ?? ''
  const name = loggerName(written) ?? written
  const cel =
    name === '' || name === 'root'
      ? 'true'
      : `_logger == "${name}" || _logger.startsWith("${name}.")`
  return mapAt({ when: scalarAt(cel, node.place) }, node.place)
}
