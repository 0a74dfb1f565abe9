import { types } from 'node:util'
import { DEFAULT_LIMITS, type SnapshotLimits } from './limits.ts'
import { documentOf, MASKED } from './marks.ts'
import { snapshot } from './snapshot.ts'

/** Commands that are about credentials: only their names are shown. */
const SECRET_COMMANDS = new Set([
  'authenticate',
  'saslstart',
  'saslcontinue',
  'getnonce',
  'createuser',
  'updateuser',
])

/** The same by how the name begins. */
const SECRET_PREFIX = /^copydb/i

/** Commands that carry credentials when they have this key. */
const HANDSHAKES = new Set(['hello', 'ismaster'])
const SPECULATION = 'speculativeAuthenticate'

const mapKeys = Map.prototype.keys

/**
 * A copy of the document given to `db.command()`. The whole body is masked
 * where the command is about credentials, its name is kept.
 */
export function snapshotCommand(
  command: unknown,
  limits: SnapshotLimits = DEFAULT_LIMITS,
): unknown {
  const names = namesOf(command)
  return names.some(isSecretCommand) || isSecretHandshake(names)
    ? documentOf(names[0] ?? '', MASKED)
    : snapshot(command, limits)
}

/** Keys in order: the server takes the first one as the command's name. */
function namesOf(command: unknown): string[] {
  if (typeof command !== 'object' || command === null) return []
  if (types.isProxy(command)) return []
  if (!types.isMap(command)) return Object.keys(command)
  return [...mapKeys.call(command)].filter(key => typeof key === 'string')
}

function isSecretCommand(name: string): boolean {
  return SECRET_COMMANDS.has(name.toLowerCase()) || SECRET_PREFIX.test(name)
}

function isSecretHandshake(names: readonly string[]): boolean {
  return (
    names.includes(SPECULATION) &&
    names.some(name => HANDSHAKES.has(name.toLowerCase()))
  )
}
