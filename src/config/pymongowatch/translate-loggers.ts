import type { ConfigNode } from '../node.ts'
import { editMaps, levelNode, listAt, MapEditor, textsOf } from './edit-node.ts'
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
    editMaps(node, logger => translateLogger(logger, renamed)) as typeof node,
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

function translateLogger(
  editor: MapEditor,
  renamed: ReadonlyMap<string, string>,
): void {
  editor.change('level', levelNode)
  if (renamed.size === 0) return
  editor.change('handlers', handlers => {
    const names = textsOf(handlers).map(name => renamed.get(name) ?? name)
    return listAt([...new Set(names)], handlers.place)
  })
}
