import { gotText } from '../assertions.ts'
import { nearestName } from '../nearest.ts'
import type { ConfigNode, ConfigPath } from '../node.ts'
import type { MapEditor } from './edit-node.ts'
import { entryOf, lastName } from './names.ts'
import type { Notes } from './notes.ts'

/** Said by every filter of pymongowatch, and without effect here. */
const COMMON_KEYS = ['()', 'name', 'clone_watch']

/** A problem in the place of each key that a part of pymongowatch has not. */
export function unknownKeys(
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
        nearestName(key, known),
      ),
    ]),
  )
}

/** What a key without a counterpart holds, and why it is left out. */
export type LeftOut = Readonly<
  Record<string, { readonly is: keyof typeof FORMS; readonly why: string }>
>

const FORMS = {
  'true or false': (value: unknown) => typeof value === 'boolean',
  'a number from 0': (value: unknown) =>
    typeof value === 'number' && value >= 0,
} as const

/**
 * Notes what is left out. What could not be right there is a warning and no
 * more: a key without effect must not cost what it stands in.
 */
export function leaveOut(
  editor: MapEditor,
  table: LeftOut,
  path: ConfigPath,
  notes: Notes,
): void {
  for (const [key, { node }] of editor.entries) {
    const known = entryOf(table, key)
    if (known === undefined) continue
    const { is, why } = known
    const at = [...path, key]
    const message = `Expected ${is}, got ${gotText(node)}`
    if (canBe(node, is)) notes.changed(path, `${key} is left out: ${why}`)
    else notes.warned(node, at, message, `it is left out: ${why}`)
  }
}

/** Python's None is the default; what a reference stands for is not known yet. */
function canBe(node: ConfigNode, form: keyof typeof FORMS): boolean {
  if (node.kind !== 'scalar') return false
  const { value } = node
  if (value === null || FORMS[form](value)) return true
  return typeof value === 'string' && /^cfg:\/\/|\$\{/.test(value)
}
