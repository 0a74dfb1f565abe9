import type { ConfigNode, ConfigPath } from '../node.ts'
import {
  editMaps,
  editTexts,
  levelNode,
  MapEditor,
  textsOf,
} from './edit-node.ts'
import { loggerName } from './names.ts'
import type { Notes } from './notes.ts'

/** Handlers that loggers name themselves. */
export function attachedHandlers(
  loggers: ConfigNode | undefined,
): ReadonlySet<string> {
  const names = new Set<string>()
  if (loggers === undefined) return names
  editMaps(loggers, logger => {
    for (const name of textsOf(logger.get('handlers'))) names.add(name)
  })
  return names
}

/** `loggers`: their names, and those of handlers that are others now. */
export function translateLoggers(
  node: ConfigNode,
  renamed: ReadonlyMap<string, string>,
  notes: Notes,
): ConfigNode {
  if (node.kind !== 'map') return node
  const editor = new MapEditor(
    editMaps(node, (logger, name) => {
      translateLogger(logger, renamed)
      refuseFilters(logger, ['loggers', loggerName(name) ?? name], notes)
    }) as typeof node,
  )
  for (const name of node.entries.keys()) {
    const own = loggerName(name)
    if (own !== undefined) editor.rename(name, own)
    else {
      editor.delete(name)
      notes.changed(['loggers'], `${name} is left out: no logger of mongowatch`)
    }
  }
  return editor.node()
}

/** Filters belong to handlers; one that hides must not be lost unseen. */
function refuseFilters(
  editor: MapEditor,
  path: ConfigPath,
  notes: Notes,
): void {
  editor.change('filters', filters => {
    const names = textsOf(filters)
    if (names.length === 0) return undefined
    return notes.refused(
      filters,
      [...path, 'filters'],
      'A logger has no filters',
      `write [${names.join(', ')}] under filters of each handler of this logger; until then all values are hidden`,
    )
  })
}

/** Without handlers that could not be translated. */
export function withoutHandlers(
  node: ConfigNode,
  names: readonly string[],
): ConfigNode {
  if (names.length === 0) return node
  return editMaps(node, logger =>
    logger.change('handlers', handlers =>
      editTexts(handlers, name => (names.includes(name) ? undefined : name)),
    ),
  )
}

function translateLogger(
  editor: MapEditor,
  renamed: ReadonlyMap<string, string>,
): void {
  editor.change('level', levelNode)
  if (renamed.size === 0) return
  editor.change('handlers', handlers => {
    const seen = new Set<string>()
    return editTexts(handlers, written => {
      const name = renamed.get(written) ?? written
      if (seen.has(name)) return undefined
      seen.add(name)
      return name
    })
  })
}
