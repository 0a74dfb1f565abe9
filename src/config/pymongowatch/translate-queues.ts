import { isLevel, LEVELS } from '../../record/level.ts'
import type { ConfigNode, ConfigPath, MapNode } from '../node.ts'
import {
  levelNode,
  listAt,
  MapEditor,
  mapAt,
  scalarAt,
  textOf,
  textsOf,
} from './edit-node.ts'
import { entryOf, lastName } from './names.ts'
import type { Notes } from './notes.ts'
import { type LeftOut, leaveOut, unknownKeys } from './other-keys.ts'

/** Handlers whose queues are part of them. */
export interface TranslatedQueues {
  readonly handlers: MapNode
  /** Name of a queue handler to the handler that took it over. */
  readonly renamed: ReadonlyMap<string, string>
}

/**
 * Takes `setup_queue_handler` apart: its filters, level and options move to
 * the backend. A handler that a logger names without one has no queue.
 */
export function translateQueues(
  node: MapNode,
  attached: ReadonlySet<string>,
  notes: Notes,
): TranslatedQueues {
  const editor = new MapEditor(node)
  const renamed = new Map<string, string>()
  const taken = new Set(attached)
  for (const [name, { node: handler }] of node.entries) {
    if (handler.kind !== 'map' || !isQueue(handler)) continue
    const queue = new MapEditor(handler)
    queue.change('level', levelNode)
    const backend = backendOf(queue) ?? ''
    const target = node.entries.get(backend)?.node
    if (target?.kind !== 'map') {
      editor.set(name, nowhere(handler, name, notes))
      continue
    }
    const into = taken.has(backend) ? name : backend
    editor.set(into, joined(target, queue, ['handlers', into], notes))
    if (into !== name) editor.delete(name)
    taken.add(into)
    renamed.set(name, into)
  }
  const queued = new Set(renamed.values())
  for (const name of attached)
    if (!queued.has(name)) editor.change(name, withoutQueue)
  return { handlers: editor.node(), renamed }
}

function isQueue(handler: MapNode): boolean {
  const type = textOf(handler.entries.get('()')?.node) ?? ''
  return lastName(type) === 'setup_queue_handler'
}

function backendOf(queue: MapEditor): string | undefined {
  const written = queue.text('backend') ?? queue.text('handler')
  return written?.replace(/^cfg:\/\/handlers\./, '')
}

function nowhere(handler: MapNode, name: string, notes: Notes): ConfigNode {
  return notes.refused(
    handler,
    ['handlers', name],
    'Expected backend: cfg://handlers.NAME of a handler that is there',
    'a handler has a queue of its own: leave this one out',
  )
}

/** Options of the queue that have a counterpart. */
const OPTIONS: Readonly<Record<string, string>> = {
  forced_delay_sec: 'forced_delay_sec',
  maxsize: 'max_records',
}

const LEFT_OUT: LeftOut = {
  garbage_collection_rate: {
    is: 'a number from 0',
    why: 'the queue forgets what was written by itself',
  },
  enable_multiprocessing: {
    is: 'true or false',
    why: 'processes share the file itself',
  },
  register_atexit: {
    is: 'true or false',
    why: 'a queue is always emptied at the end',
  },
}

const KNOWN = [
  ...['backend', 'handler', 'level', 'filters', 'formatter'],
  ...[...Object.keys(OPTIONS), ...Object.keys(LEFT_OUT)],
]

function joined(
  backend: MapNode,
  queue: MapEditor,
  path: ConfigPath,
  notes: Notes,
): MapNode {
  const editor = new MapEditor(backend)
  editor.change('level', levelNode)
  const { place } = queue.node()
  const filters = [queue, editor].flatMap(each => textsOf(each.get('filters')))
  if (filters.length > 0) editor.set('filters', listAt(filters, place))
  const formatter = queue.get('formatter')
  if (formatter !== undefined && editor.get('formatter') === undefined)
    editor.set('formatter', formatter)
  const level = higher(queue.text('level'), editor.text('level'))
  if (level !== undefined) editor.set('level', scalarAt(level, place))
  const options: Record<string, ConfigNode> = {}
  for (const [key, { node }] of queue.entries) {
    const name = entryOf(OPTIONS, key)
    const isNone = node.kind === 'scalar' && (node.value ?? 0) === 0
    if (name !== undefined && !isNone) options[name] = node
  }
  const wrong = unknownKeys(queue, KNOWN, path, notes)
  leaveOut(queue, LEFT_OUT, path, notes)
  for (const [key, node] of Object.entries(wrong))
    editor.set(editor.get(key) === undefined ? key : `queue.${key}`, node)
  if (Object.keys(options).length > 0)
    editor.set('queue', mapAt(options, place))
  return editor.node()
}

function higher(
  a: string | undefined,
  b: string | undefined,
): string | undefined {
  const severity = (name: string | undefined) => {
    const lower = name?.toLowerCase() ?? ''
    return isLevel(lower) ? LEVELS[lower] : -1
  }
  return severity(a) > severity(b) && b !== undefined ? a : (b ?? a)
}

function withoutQueue(handler: ConfigNode): ConfigNode {
  if (handler.kind !== 'map') return handler
  const editor = new MapEditor(handler)
  if (!/^logging\./.test(editor.text('class') ?? '')) return handler
  if (editor.get('queue') === undefined)
    editor.set('queue', scalarAt(false, handler.place))
  return editor.node()
}
