import { existsSync, realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { PACKAGE_FOLDER } from '../../package.ts'
import type { Surroundings } from './place.ts'
import type { Target } from './target.ts'

/** Loaded by every program that the preload is in. */
const LOADED = ['register.cjs', 'dist/hook/install.js']

/** Said before programs of all users load what only some may be trusted with. */
export function trustWarning(
  { place }: Target,
  { root, stub, systemStub }: Surroundings,
): string {
  const isForAll = place.reach === 'system' && place.name !== 'config'
  if (!isForAll || root !== '' || stub !== systemStub) return ''
  const loaded = LOADED.map(name => join(PACKAGE_FOLDER, name))
  const weak = [...loaded, existing(stub)].map(weakPart)
  const found = new Set(weak.filter(part => part !== undefined))
  if (found.size === 0) return ''
  return `Warning: programs of all users, also root's, would load ${stub} and ${PACKAGE_FOLDER}, and others than root may change them (${[...found].join(', ')}). Whoever does runs code as root. Better install the package for all first: sudo npm install --global mongowatch\n`
}

/** The first part of a path that others than root may change. */
function weakPart(file: string): string | undefined {
  const path = realPath(file)
  if (path === undefined) return undefined
  return parts(path).find(mayOthersWrite)
}

function existing(path: string): string {
  return existsSync(path) ? path : existing(dirname(path))
}

function parts(path: string): string[] {
  const above = dirname(path)
  return above === path ? [path] : [...parts(above), path]
}

const STICKY = 0o1000
const GROUP_AND_OTHERS = 0o022

function mayOthersWrite(path: string): boolean {
  const { uid, mode } = statSync(path)
  if (uid !== 0) return true
  return (mode & GROUP_AND_OTHERS) !== 0 && (mode & STICKY) === 0
}

function realPath(file: string): string | undefined {
  try {
    return realpathSync(file)
  } catch {
    return undefined // not built: nothing is loaded either
  }
}
