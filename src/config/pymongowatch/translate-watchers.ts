import { FIELD_NAMES } from '../../record/fields.ts'
import { nearestName } from '../nearest.ts'
import type { ConfigNode, ConfigPath } from '../node.ts'
import {
  editMaps,
  editTexts,
  levelNode,
  MapEditor,
  mapEntries,
  scalarAt,
  textOf,
} from './edit-node.ts'
import { camelName, entryOf, fieldName, lastName } from './names.ts'
import type { Notes } from './notes.ts'
import { refuseOperationCode } from './refuse-execute.ts'

/** `watchers`: names of methods, arguments, casts and fields. */
export function translateWatchers(node: ConfigNode, notes: Notes): ConfigNode {
  return editMaps(node, (editor, name) => {
    const path = ['watchers', name]
    editor.change('log_level', levels => mapEntries(levels, levelNode))
    editor.change('default_fields', fields => editTexts(fields, fieldName))
    editor.change('operations', operations =>
      translateOperations(operations, [...path, 'operations'], notes),
    )
    for (const key of ['result', 'undefined_arguments'])
      editor.change(key, rule => translateRule(rule, [...path, key], notes))
  })
}

function translateOperations(
  node: ConfigNode,
  path: ConfigPath,
  notes: Notes,
): ConfigNode {
  if (node.kind !== 'map') return node
  const editor = new MapEditor(node)
  for (const method of node.entries.keys()) {
    const at = [...path, camelName(method)]
    editor.change(method, rules => translateRules(rules, at, notes))
    editor.rename(method, camelName(method))
  }
  return editor.node()
}

/** What an operation answered, for filters. */
const RESULT = '_result'

/** pymongo's names of arguments by the driver's. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  requests: 'operations',
  spec: 'filter',
  spec_or_id: 'filter',
  doc_or_docs: 'documents',
  index_or_name: 'name',
  new_name: 'name',
}

function translateRules(
  node: ConfigNode,
  path: ConfigPath,
  notes: Notes,
): ConfigNode {
  if (node.kind !== 'map') return node
  const editor = new MapEditor(node)
  refuseOperationCode(editor, path, notes)
  for (const argument of node.entries.keys()) {
    const name = entryOf(ARGUMENTS, argument) ?? argument
    editor.change(argument, rule => translateRule(rule, [...path, name], notes))
    editor.rename(argument, name)
  }
  return editor.node()
}

/** Python's casts by ours. */
const CASTS: Readonly<Record<string, string>> = {
  len: 'length',
  str: 'string',
  one_if_not_none: 'one_if_not_null',
}

function translateRule(
  node: ConfigNode,
  path: ConfigPath,
  notes: Notes,
): ConfigNode | undefined {
  if (node.kind !== 'map') return node
  const editor = new MapEditor(node)
  refuseOperationCode(editor, path, notes)
  const to = editor.text('to')
  if (to?.startsWith('_') && to !== RESULT) {
    notes.changed(
      path,
      `${to} is left out: results go to their fields by themselves`,
    )
    return undefined
  }
  editor.change('to', target => translateTarget(target, [...path, 'to'], notes))
  editor.change('cast', cast => translateCast(cast, [...path, 'cast'], notes))
  return editor.node()
}

function translateTarget(
  node: ConfigNode,
  path: ConfigPath,
  notes: Notes,
): ConfigNode {
  const written = textOf(node)
  if (written === undefined) return node
  const name = fieldName(written)
  const isNear =
    nearestName(name, [...FIELD_NAMES, RESULT]) !== undefined ||
    name.includes('${')
  if (isNear) return scalarAt(name, node.place)
  return notes.refused(
    node,
    path,
    `No record has the field ${written.slice(0, 60)}`,
    'a filter makes fields of your own: fields: {constant: {NAME: value}, add: {NAME: Filter.key}}; results go to their fields by themselves',
  )
}

function translateCast(
  node: ConfigNode,
  path: ConfigPath,
  notes: Notes,
): ConfigNode | undefined {
  if (node.kind === 'scalar' && node.value === null) return undefined
  const written = textOf(node) ?? ''
  const cast = entryOf(CASTS, lastName(written))
  if (cast === undefined && !/[.:]/.test(written)) return node
  if (cast !== undefined) return scalarAt(cast, node.place)
  return notes.refused(
    node,
    path,
    `The Python function ${written.slice(0, 60)} cannot be run`,
    'length, one_if_not_null, one_if_true or string',
  )
}
