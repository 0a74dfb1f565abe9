import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Surroundings } from '../place.ts'
import type { Setting } from './systemd-syntax.ts'

/** The files of EnvironmentFile= that set NODE_OPTIONS, as the unit sees them. */
export function environmentFiles(
  settings: readonly Setting[],
  unit: string,
  { root }: Surroundings,
): string[] {
  let names: string[] = []
  for (const { name, value } of settings) {
    if (name !== 'EnvironmentFile') continue
    if (value === '') names = []
    else names.push(value.replace(/^-\s*/, ''))
  }
  return names
    .map(name => Buffer.from(name, 'latin1').toString('utf8'))
    .map(name => withoutSpecifiers(name, unit))
    .flatMap(name => matchingFiles(name, root))
    .filter(name => setsOptions(join(root, name)))
}

/** The folders of a service that the system starts, by their specifiers. */
const FOLDERS: Readonly<Record<string, string>> = {
  '%': '%',
  C: '/var/cache',
  E: '/etc',
  L: '/var/log',
  S: '/var/lib',
  T: '/tmp',
  V: '/var/tmp',
  h: '/root',
  t: '/run',
}

function withoutSpecifiers(text: string, unit: string): string {
  const stem = unit.slice(0, -'.service'.length)
  const [prefix = '', instance = ''] = stem.split(/@(.*)/)
  const known: Readonly<Record<string, string>> = {
    ...FOLDERS,
    i: instance,
    I: instance.replaceAll('-', '/'),
    n: unit,
    N: stem,
    p: prefix,
    P: prefix.replaceAll('-', '/'),
  }
  return text.replace(/%(.)/g, (all, letter) => known[letter] ?? all)
}

/** The last part of the path may be a pattern. */
function matchingFiles(name: string, root: string): string[] {
  if (!/[*?[]/.test(name)) return [name]
  const folder = dirname(name)
  const pattern = basename(name)
    .replace(/\[[^\]]*\]/g, '?')
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  const isMatch = (each: string) => new RegExp(`^${pattern}$`).test(each)
  const inside = join(root, folder)
  const all = existsSync(inside) ? readdirSync(inside) : []
  return all.filter(isMatch).map(each => join(folder, each))
}

function setsOptions(file: string): boolean {
  if (!existsSync(file)) return false
  return /^\s*NODE_OPTIONS\s*=/m.test(readFileSync(file, 'latin1'))
}
