import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError } from '../../problem.ts'
import { appendBlock, removeBlocks } from '../marked-block.ts'
import type { Place, Request, Surroundings } from '../place.ts'
import { addOption } from '../preload.ts'

/** In the order of systemd: what comes first hides the same name later. */
const UNIT_FOLDERS = [
  '/etc/systemd/system',
  '/run/systemd/system',
  '/usr/local/lib/systemd/system',
  '/usr/lib/systemd/system',
  '/lib/systemd/system',
]
/** Drop-ins count in the order of their names: ours shall be the last. */
const DROP_IN = 'zz-mongowatch.conf'

/** A drop-in of a service. */
export const SYSTEMD: Place = {
  name: 'systemd',
  title: 'one service: a drop-in of its unit',
  argument: { name: 'UNIT' },
  reach: 'system',
  file: ({ root }, unit) =>
    join(root, '/etc/systemd/system', `${unitName(unit)}.d`, DROP_IN),
  install: (text, request) =>
    appendBlock(
      text,
      ['[Service]', `Environment="${escapeValue(assignment(request))}"`],
      { comment: '#' },
    ),
  uninstall: text => removeBlocks(text, '#'),
  afterwards: true,
  note: unit =>
    `Then: systemctl daemon-reload && systemctl restart ${unitName(unit)}`,
}

function unitName(unit: string): string {
  if (!/^[\w:.\\@-]+$/.test(unit)) {
    throw new CommandError(`"${unit}" is no name of a systemd unit`)
  }
  return /\.[a-z]+$/.test(unit) ? unit : `${unit}.service`
}

/** Environment= replaces what the unit says, so that is said again. */
function assignment({ argument, preload, where }: Request): string {
  let value = ''
  for (const text of unitTexts(where, unitName(argument))) {
    const said = readEnvironment(text)
    if (said !== undefined) value = said
    refuseEnvironmentFile(where, text)
  }
  return `NODE_OPTIONS=${addOption(value, preload)}`
}

/** The unit file and its drop-ins, in the order in which they count. */
function unitTexts({ root }: Surroundings, unit: string): string[] {
  const folders = UNIT_FOLDERS.map(folder => join(root, folder))
  const main = folders
    .map(folder => join(folder, unit))
    .find(file => existsSync(file))
  const dropIns = new Map<string, string>()
  for (const folder of folders) {
    for (const name of list(join(folder, `${unit}.d`))) {
      const isOther = name.endsWith('.conf') && name !== DROP_IN
      if (isOther && !dropIns.has(name)) {
        dropIns.set(name, join(folder, `${unit}.d`, name))
      }
    }
  }
  const sorted = [...dropIns.keys()].sort().map(name => dropIns.get(name) ?? '')
  const files = main === undefined ? sorted : [main, ...sorted]
  return files.map(file => readFileSync(file, 'latin1'))
}

function list(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : []
}

/** The last NODE_OPTIONS of `Environment=`; empty after a reset. */
function readEnvironment(text: string): string | undefined {
  let value: string | undefined
  const joined = text.replaceAll('\\\n', ' ')
  for (const [, line = ''] of joined.matchAll(/^\s*Environment\s*=(.*)$/gm)) {
    if (line.trim() === '') value = ''
    for (const [, double, single, bare] of line.matchAll(WORD)) {
      const word = double?.replace(/\\(.)/g, '$1') ?? single ?? bare ?? ''
      if (!word.startsWith('NODE_OPTIONS=')) continue
      value = word.slice('NODE_OPTIONS='.length).replaceAll('%%', '%')
    }
  }
  return value
}

const WORD = /"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s"']+)/g

/** What comes from EnvironmentFile= wins over any drop-in. */
function refuseEnvironmentFile({ root }: Surroundings, text: string): void {
  for (const [, name = ''] of text.matchAll(
    /^\s*EnvironmentFile\s*=-?(.*)$/gm,
  )) {
    const file = join(root, name.trim())
    if (name.trim() === '' || !existsSync(file)) continue
    if (!/^\s*NODE_OPTIONS\s*=/m.test(readFileSync(file, 'latin1'))) continue
    throw new CommandError(
      `the unit takes NODE_OPTIONS from ${name.trim()}, which wins over a drop-in; use --install env:${name.trim()}`,
    )
  }
}

function escapeValue(value: string): string {
  return value.replace(/["\\]/g, each => `\\${each}`).replaceAll('%', '%%')
}
