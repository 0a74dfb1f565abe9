import { gotText } from '../assertions.ts'
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
import { type LeftOut, leaveOut, unknownKeys } from './other-keys.ts'
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
  Filter: (editor, path, notes) => {
    const others = unknownKeys(editor, ['name'], path, notes)
    const filter = new MapEditor(byLogger(editor.node()))
    for (const [key, node] of Object.entries(others)) filter.set(key, node)
    return filter.node()
  },
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
  return mapAt(
    {
      when: scalarAt(translated.cel, place),
      exception_result: exceptionResult(editor, path, notes),
      ...unknownKeys(editor, EXPRESSION_KEYS, path, notes),
    },
    place,
  )
}

function exceptionResult(
  editor: MapEditor,
  path: ConfigPath,
  notes: Notes,
): ConfigNode {
  const node = editor.get('exception_result') ?? scalarAt(false, undefined)
  const value = node.kind === 'scalar' ? (node.value ?? false) : undefined
  if (typeof value === 'boolean')
    return scalarAt(value ? 'keep' : 'drop', node.place)
  return notes.refused(
    node,
    [...path, 'exception_result'],
    `Expected true or false, got ${gotText(node)}`,
    'true keeps a record that the expression fails on; until then it does',
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

const RATE_KEYS: Readonly<Record<string, string>> = {
  attributes: 'attributes',
  output_rate_sec: 'output_rate_sec',
  suffix: 'suffix',
  ignore_nones: 'ignore_nones',
  ignore_intermediates: 'ignore_intermediates',
  drop_records: 'drop',
}

/** Keys without a counterpart that change no sum. */
const LEFT_OUT: LeftOut = {
  enable_multiprocessing: {
    is: 'true or false',
    why: 'rates are those of one process',
  },
  extra_timeout_sec: {
    is: 'a number from 0',
    why: 'a period is written when the next begins, or at the end',
  },
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
  const wrong = unknownKeys(editor, known, path, notes)
  leaveOut(editor, LEFT_OUT, path, notes)
  const fields = textsOf(rate.attributes).map(fieldName)
  if (fields.length === 0) {
    if (Object.keys(wrong).length > 0)
      return mapAt({ rate: noAttributes(editor, path, notes), ...wrong }, place)
    notes.changed(path, 'a rate of nothing is left out')
    return undefined
  }
  rate.attributes = listAt(fields, rate.attributes?.place)
  if (rate.suffix?.kind === 'scalar' && rate.suffix.value === null)
    rate.suffix = scalarAt('', place)
  return mapAt({ rate: mapAt(rate, place), ...wrong }, place)
}

function noAttributes(
  editor: MapEditor,
  path: ConfigPath,
  notes: Notes,
): ConfigNode {
  return notes.refused(
    editor.node(),
    path,
    'Expected attributes of this RateFilter',
    'a list of the fields that it sums up; until then every record passes',
  )
}

/** Python's own filter: `{name: pymongo.watcher.cursor}`. */
function isNameFilter(node: ConfigNode): node is MapNode {
  return (
    node.kind === 'map' &&
    [...node.entries.keys()].every(key => key === 'name') &&
    node.entries.size === 1
  )
}

function byLogger(node: MapNode): MapNode {
  const editor = new MapEditor(node)
  const written = editor.text('name') ?? ''
  const name = loggerName(written) ?? written
  const cel =
    name === '' || name === 'root'
      ? 'true'
      : `_logger == "${name}" || _logger.startsWith("${name}.")`
  return mapAt({ when: scalarAt(cel, node.place) }, node.place)
}
