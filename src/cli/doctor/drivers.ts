import { readdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { PACKAGE_FOLDER } from '../../package.ts'
import { bad, type Finding, good, note } from './finding.ts'
import { probe } from './probe.ts'

/** Folders looked into for packages that bring a driver of their own. */
const MAX_DEPTH = 6
const MAJORS = [4, 5, 6, 7]

/** Loads a driver and prints which of its classes are watched. */
const IS_WATCHED = `
const lib = process.argv[1] + '/lib/'
require(process.argv[1])
const { patched } = require('node:diagnostics_channel').channel(Symbol.for('mongowatch.patched.v1'))
const { Collection } = require(lib + 'collection')
const { AbstractCursor } = require(lib + 'cursor/abstract_cursor')
const seen = [Collection, AbstractCursor].map(each => patched?.has(each.prototype))
console.log(seen.every(Boolean))`

/** The drivers that an application in a folder would load. */
export function examineDrivers(
  folder: string,
  env: NodeJS.ProcessEnv,
): Finding[] {
  const drivers = findDrivers(folder)
  if (drivers.length === 0) {
    return [note(`no MongoDB driver (package mongodb) is found from ${folder}`)]
  }
  return drivers.map(driver => driverFinding(driver, env))
}

function driverFinding(driver: string, env: NodeJS.ProcessEnv): Finding {
  const version = versionOf(driver)
  const name = `driver ${version} (${driver})`
  if (!MAJORS.includes(Number.parseInt(version, 10))) {
    return bad(`${name} is of a version that mongowatch does not watch`)
  }
  const register = join(PACKAGE_FOLDER, 'register.cjs')
  const { NODE_OPTIONS: _, MONGOWATCH_DISABLED: __, ...others } = env
  const args = ['--require', register]
  const code = `process.argv[1] = ${JSON.stringify(driver)}\n${IS_WATCHED}`
  const { ok, stdout, stderr } = probe(code, args, others)
  if (!ok) return bad(`${name} does not load: ${stderr.trim().split('\n')[0]}`)
  return stdout === 'true'
    ? good(`${name} would be watched`)
    : bad(`${name} would not be watched: ${stderr.trim()}`)
}

function versionOf(driver: string): string {
  const text = readFileSync(join(driver, 'package.json'), 'utf8')
  const { version } = JSON.parse(text) as { version?: string }
  return version ?? 'of an unknown version'
}

/** Every copy of the driver in the node_modules of a folder and above it. */
function findDrivers(folder: string): string[] {
  const found = new Set<string>()
  for (let at = resolve(folder); ; at = dirname(at)) {
    look(join(at, 'node_modules'), found, MAX_DEPTH)
    if (at === dirname(at)) break
  }
  return [...found]
}

function look(modules: string, found: Set<string>, depth: number): void {
  if (depth === 0) return
  for (const name of packages(modules)) {
    const path = join(modules, name)
    if (name === 'mongodb') found.add(realpathSync(path))
    look(join(path, 'node_modules'), found, depth - 1)
  }
}

function packages(modules: string): string[] {
  return list(modules).flatMap(name =>
    name.startsWith('@')
      ? list(join(modules, name)).map(inner => `${name}/${inner}`)
      : [name],
  )
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return [] // no such folder, or a file
  }
}
