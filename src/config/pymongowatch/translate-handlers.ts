import type { ConfigNode, ConfigPath, MapNode } from '../node.ts'
import {
  levelNode,
  MapEditor,
  mapEntries,
  scalarAt,
  textOf,
} from './edit-node.ts'
import { entryOf, lastName } from './names.ts'
import type { Notes } from './notes.ts'

/** `handlers` with the classes of Python's logging; queues come before. */
export function translateHandlers(node: ConfigNode, notes: Notes): ConfigNode {
  return mapEntries(node, (handler, name) => {
    if (handler.kind !== 'map') return handler
    const path = ['handlers', name]
    const editor = new MapEditor(handler)
    editor.change('level', levelNode)
    editor.change('stream', standardStream)
    const type = editor.text('class') ?? editor.text('()')
    if (type === undefined || !/^(ext:\/\/)?logging\./.test(type))
      return editor.get('()') === undefined
        ? editor.node()
        : refuse(handler, path, type ?? '()', notes)
    const translate = entryOf(CLASSES, lastName(type))
    if (translate === undefined) return refuse(handler, path, type, notes)
    editor.delete('()')
    translate(editor, path, notes)
    return editor.node()
  })
}

type Translate = (editor: MapEditor, path: ConfigPath, notes: Notes) => void

const CLASSES: Readonly<Record<string, Translate>> = {
  StreamHandler: (editor, path, notes) => {
    be(editor, 'console')
    if (editor.delete('delay') !== undefined)
      notes.changed(path, 'delay is left out: a stream is always open')
  },
  NullHandler: editor => {
    be(editor, 'console')
    editor.set('level', scalarAt('off', editor.node().place))
  },
  FileHandler: toFile,
  WatchedFileHandler: toFile,
  RotatingFileHandler: toFile,
  TimedRotatingFileHandler: (editor, path, notes) => {
    toFile(editor, path, notes)
    every(editor, path, notes)
  },
}

/** `ext://sys.stdout` as `stdout`. */
function standardStream(node: ConfigNode): ConfigNode {
  const [, name] =
    /^ext:\/\/sys\.(stdout|stderr)$/.exec(textOf(node) ?? '') ?? []
  return name === undefined ? node : scalarAt(name, node.place)
}

function refuse(
  node: MapNode,
  path: ConfigPath,
  type: string,
  notes: Notes,
): ConfigNode {
  return notes.refused(
    node,
    path,
    `The Python handler ${type} cannot be run`,
    'class: console, file or winston.transports.*, or module: with a transport, such as winston-syslog',
  )
}

function be(editor: MapEditor, type: string): void {
  editor.set('class', scalarAt(type, editor.get('class')?.place))
}

function toFile(editor: MapEditor, path: ConfigPath, notes: Notes): void {
  be(editor, 'file')
  editor.rename('maxBytes', 'max_bytes')
  editor.rename('backupCount', 'backup_count')
  editor.change('max_bytes', size =>
    size.kind === 'scalar' && size.value === 0 ? undefined : size,
  )
  if (!editor.entries.has('max_bytes') && editor.text('when') === undefined)
    editor.delete('backup_count') // Python keeps one file then
  if (textOf(editor.delete('mode')) === 'w')
    notes.changed(path, 'mode w is left out: an audit file is never emptied')
  const encoding = textOf(editor.delete('encoding'))?.toLowerCase()
  if (encoding !== undefined && !/^utf-?8$/.test(encoding))
    notes.changed(path, `encoding ${encoding} is left out: files are UTF-8`)
  editor.delete('delay')
  editor.delete('errors')
}

/** Python's `when` and `interval`. */
const PERIODS: Readonly<Record<string, string>> = {
  S: 's',
  M: 'm',
  H: 'h',
  D: 'd',
  MIDNIGHT: 'd',
  W3: 'w', // periods are counted from 1970-01-01, a Thursday
}

function every(editor: MapEditor, path: ConfigPath, notes: Notes): void {
  const { place } = editor.node()
  const when = editor.delete('when')
  const written = textOf(when)?.toUpperCase() ?? 'H'
  const interval = editor.delete('interval')
  editor.change('atTime', time =>
    notes.refused(
      time,
      [...path, 'atTime'],
      'A time of day to begin a file at is not there',
      'every: 1d begins one at midnight UTC',
    ),
  )
  const unit = entryOf(PERIODS, written)
  if (unit === undefined) {
    const refused = notes.refused(
      when ?? editor.node(),
      [...path, 'every'],
      /^W[0-6]$/.test(written)
        ? 'Weeks that begin on another day than Thursday are not there'
        : `when: ${written.slice(0, 20)} is no period`,
      'every: 1w begins a file on Thursdays at midnight UTC, 1d each day; else leave it to logrotate',
    )
    editor.delete('utc')
    editor.set('every', refused)
    return
  }
  const isCounted = 'SMHD'.includes(written) && interval?.kind === 'scalar'
  const count = isCounted ? Number(interval.value) : 1
  editor.set('every', scalarAt(`${count}${unit}`, place))
  const utc = editor.delete('utc')
  if (unit !== 'd' && unit !== 'w') return
  if (utc?.kind !== 'scalar' || utc.value !== true)
    notes.changed(path, 'days begin at midnight UTC, not at local midnight')
}
