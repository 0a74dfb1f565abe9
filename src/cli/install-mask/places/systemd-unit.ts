import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError } from '../../problem.ts'
import type { Surroundings } from '../place.ts'

/** In the order of systemd: what comes first hides the same name later. */
const UNIT_FOLDERS = [
  '/run/systemd/transient',
  '/etc/systemd/system',
  '/run/systemd/system',
  '/run/systemd/generator',
  '/usr/local/lib/systemd/system',
  '/usr/lib/systemd/system',
  '/lib/systemd/system',
  '/run/systemd/generator.late',
]

/** Drop-ins count in the order of their names: ours shall be the last. */
export const DROP_IN = 'zz-mongowatch.conf'

/** Units that start no program of their own. */
const OTHER_TYPES =
  /\.(socket|device|mount|automount|swap|target|path|timer|slice|scope)$/

/** The whole name of a service: `shop`, `shop.api`, `shop@1.service`. */
export function unitName(unit: string): string {
  if (!/^[\w:.\\@-]+$/.test(unit)) {
    throw new CommandError(`"${unit}" is no name of a systemd unit`)
  }
  if (OTHER_TYPES.test(unit)) {
    throw new CommandError(`${unit} is no service: only those start programs`)
  }
  return unit.endsWith('.service') ? unit : `${unit}.service`
}

/** The unit file and its drop-ins, in the order in which they count. */
export function unitTexts({ root }: Surroundings, unit: string): string[] {
  const folders = UNIT_FOLDERS.map(folder => join(root, folder))
  const names = [unit, ...templates(unit)]
  const main = names
    .flatMap(name => folders.map(folder => join(folder, name)))
    .find(file => existsSync(file))
  if (main === undefined) {
    throw new CommandError(
      `there is no unit ${unit} in ${UNIT_FOLDERS.slice(1, 3).join(', ')} or another folder of systemd`,
    )
  }
  const files = [main, ...dropIns(folders, names)]
  return files.map(file => readFileSync(file, 'latin1'))
}

/** Drop-ins of the unit, its template, shorter names, and all services. */
function dropIns(
  folders: readonly string[],
  names: readonly string[],
): string[] {
  const own = [...names, ...names.flatMap(shorterNames)]
  const all = [
    ...folders.flatMap(folder => own.map(name => join(folder, `${name}.d`))),
    ...folders.map(folder => join(folder, 'service.d')),
  ]
  const found = new Map<string, string>()
  for (const folder of all) {
    for (const name of list(folder)) {
      const isOther = name.endsWith('.conf') && name !== DROP_IN
      if (isOther && !found.has(name)) found.set(name, join(folder, name))
    }
  }
  return [...found.keys()].sort().map(name => found.get(name) ?? '')
}

/** `shop@.service` for `shop@1.service`. */
function templates(unit: string): string[] {
  const template = unit.replace(/@.+\.service$/, '@.service')
  return template === unit ? [] : [template]
}

/** `a-b-.service` and `a-.service` for `a-b-c.service`. */
function shorterNames(unit: string): string[] {
  const stem = unit.slice(0, -'.service'.length)
  const dashes = [...stem.matchAll(/-(?=.)/g)].map(({ index }) => index)
  return dashes.reverse().map(at => `${stem.slice(0, at + 1)}.service`)
}

function list(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : []
}
