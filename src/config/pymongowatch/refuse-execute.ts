import type { ConfigPath, ScalarNode } from '../node.ts'
import type { MapEditor } from './edit-node.ts'
import type { Notes } from './notes.ts'

const MESSAGE = 'Python code (execute) cannot be run'

/** `execute:` of a filter, refused with what replaces it. */
export function refuseFilterCode(
  editor: MapEditor,
  path: ConfigPath,
  notes: Notes,
): ScalarNode {
  return notes.refused(
    editor.get('execute') ?? editor.node(),
    path,
    MESSAGE,
    'mask: {fields: [Filter]} or redact hides values, fields adds and renames, module runs JavaScript; until then all values are hidden',
  )
}

/** `execute:` of an operation or an argument, refused in its place. */
export function refuseOperationCode(
  editor: MapEditor,
  path: ConfigPath,
  notes: Notes,
): void {
  editor.change('execute', code =>
    notes.refused(
      code,
      [...path, 'execute'],
      MESSAGE,
      'to names the field, cast (length, one_if_not_null, one_if_true, string) changes the value, value is a constant; a filter with fields or module does the rest',
    ),
  )
}
