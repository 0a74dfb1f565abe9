import { readdirSync, statSync } from 'node:fs'
import { dirname, join, delimiter as PATH_DELIMITER, resolve } from 'node:path'
import { PACKAGE_FOLDER } from '../package.ts'

/** What of the process decides which files are read. */
export interface SearchContext {
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
  /** The application's main script; without one (`node -e`) `cwd` counts. */
  readonly mainScript: string | undefined
  readonly home: string | undefined
  /** Where the system's own files are; tests use a folder of theirs. */
  readonly systemDirectory: string
}

/** Files to read and, for files that somebody named, whether they exist. */
export interface SearchResult {
  /** Existing files, lowest priority first. */
  readonly found: readonly string[]
  /** Named in MONGOWATCH_CONFIG but not there. */
  readonly missing: readonly string[]
  /** Found, but somebody else's: a folder above may be everybody's. */
  readonly foreign: readonly string[]
  /** Every place that was looked at, for `reload` and `doctor`. */
  readonly places: readonly string[]
  /** Where a file may be dropped in under any name. */
  readonly folders: readonly string[]
}

/** What the package brings to be copied is nobody's configuration yet. */
const OWN_SAMPLE = join(PACKAGE_FOLDER, 'etc', 'mongowatch.yaml')

/** The configuration files of a process, lowest priority first. */
export function searchFiles(context: SearchContext): SearchResult {
  const named = context.env.MONGOWATCH_CONFIG
  if (named === undefined || named === '') {
    const all = standardPlaces(context).filter(place => place !== OWN_SAMPLE)
    const places = [...new Set(all)]
    const files = places.filter(isFile)
    const owners = trustedOwners(context.mainScript)
    const found = files.filter(file => isOwnedBy(file, owners))
    const foreign = files.filter(file => !found.includes(file))
    const folders = [dropInFolder(context)]
    return { found, missing: [], foreign, places, folders }
  }
  const places = named
    .split(PATH_DELIMITER)
    .filter(part => part !== '')
    .map(part => resolve(context.cwd, part))
  return {
    found: places.filter(isFile),
    missing: places.filter(place => !isFile(place)),
    foreign: [],
    places,
    folders: [],
  }
}

function dropInFolder({ systemDirectory }: SearchContext): string {
  return join(systemDirectory, 'mongowatch', 'conf.d')
}

function standardPlaces(context: SearchContext): string[] {
  const { env, cwd, home, systemDirectory } = context
  const script = context.mainScript ?? join(cwd, 'script')
  const places = [
    join(systemDirectory, 'mongowatch.yaml'),
    join(systemDirectory, 'mongowatch', 'mongowatch.yaml'),
    ...dropIns(dropInFolder(context)),
  ]
  for (const folder of parentsFromTop(script))
    places.push(
      join(folder, 'etc', 'mongowatch.yaml'),
      join(folder, 'mongowatch.yaml'),
    )
  if (env.XDG_CONFIG_HOME)
    places.push(join(env.XDG_CONFIG_HOME, 'mongowatch.yaml'))
  if (home) places.push(join(home, '.mongowatch.yaml'))
  return places
}

function dropIns(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter(name => name.endsWith('.yaml') && !name.startsWith('.'))
      .sort()
      .map(name => join(folder, name))
  } catch {
    return [] // no such folder: nothing was dropped in
  }
}

function parentsFromTop(script: string): string[] {
  const folders: string[] = []
  let folder = dirname(resolve(script))
  while (!folders.includes(folder)) {
    folders.unshift(folder)
    folder = dirname(folder)
  }
  return folders
}

/** Root, this user, and who owns the application; none on Windows. */
function trustedOwners(mainScript: string | undefined): number[] | undefined {
  const user = process.geteuid?.()
  if (user === undefined) return undefined
  const owner = mainScript === undefined ? undefined : ownerOf(mainScript)
  return [0, user, owner ?? user]
}

function isOwnedBy(path: string, owners: number[] | undefined): boolean {
  const owner = ownerOf(path)
  return owners === undefined || (owner !== undefined && owners.includes(owner))
}

function ownerOf(path: string): number | undefined {
  try {
    return statSync(path).uid
  } catch {
    return undefined // not there, or not for us
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    return false // not there, or not for us
  }
}
