import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { START_FOLDER } from '../start-folder.ts'
import { buildSettings } from './build-settings.ts'
import type { CheckScope } from './check-node.ts'
import { hiddenDefault, isDefault, mayHide } from './hidden-default.ts'
import type { Hide } from './hide-resolved.ts'
import { FILES } from './lazy.ts'
import { isNothing, mergeNodes } from './merge.ts'
import type { ConfigNode, Source } from './node.ts'
import type { ParsedYaml } from './parse-yaml.ts'
import { type ConfigProblem, problemAt } from './problem.ts'
import { mayNeedTranslation } from './pymongowatch/traces.ts'
import { isUnread, readSource } from './read-source.ts'
import { type SearchContext, searchFiles } from './search.ts'
import type { ConfigFile, Settings } from './settings.ts'
import { withoutStacks } from './without-stacks.ts'

/** What is used, and what was wrong; the first is always usable. */
export interface LoadedSettings {
  readonly settings: Settings
  /** All mistakes of all files, in the order of the text. */
  readonly problems: readonly ConfigProblem[]
  /** Takes what `${…}` of the configuration stands for out of a message. */
  readonly hide?: Hide
  /** Files in which nothing stands. */
  readonly empty?: readonly string[]
}

/** What of the process decides which files are read; all of it is optional. */
export interface LoadOptions extends Partial<SearchContext> {
  /** @default 'used' */
  readonly scope?: CheckScope
}

/**
 * Reads and checks the configuration of this process. Never throws: the valid
 * parts of a wrong file are used, and the defaults without any file.
 */
export function loadSettings(options: LoadOptions = {}): LoadedSettings {
  const context = { ...processContext(), ...options }
  const { found, missing, foreign } = searchFiles(context)
  const notRead = [
    ...missing.map(file =>
      unreadFile(file, existsSync(file) ? NO_FILE : NOT_THERE),
    ),
    ...foreign.map(file => unreadFile(file, NOT_OURS)),
  ]
  const loaded = loadFiles(found, context.env, options.scope)
  const { settings } = loaded
  return {
    ...loaded,
    settings:
      missing.length > 0 && isDefault(settings)
        ? hiddenDefault(settings)
        : settings,
    problems: [...notRead, ...loaded.problems],
  }
}

const NOT_THERE = 'MONGOWATCH_CONFIG names a file that is not there'
const NO_FILE = 'MONGOWATCH_CONFIG names something that is no file'
const NOT_OURS =
  'Refused: it belongs neither to root, nor to this user, nor to the owner of the application'

/** True for a file of somebody else, which was not read: no mistake of ours. */
export function isForeign({ message }: ConfigProblem): boolean {
  return message === NOT_OURS
}

function unreadFile(file: string, message: string): ConfigProblem {
  return { ...problemAt(undefined, [], message), file }
}

/** Every place where a file of the configuration may be, there or not. */
export function placesOf(options: LoadOptions = {}): readonly string[] {
  return searchFiles({ ...processContext(), ...options }).places
}

/** The folders into which such a file may be dropped under any name. */
export function dropInFolders(options: LoadOptions = {}): readonly string[] {
  return searchFiles({ ...processContext(), ...options }).folders
}

/**
 * Reads and checks these files, or texts that were read already, the later
 * ones over the earlier ones.
 */
export function loadFiles(
  inputs: readonly (string | Source)[],
  env: NodeJS.ProcessEnv = process.env,
  scope: CheckScope = 'used',
): LoadedSettings {
  return withoutStacks(() => load(inputs, env, scope))
}

function load(
  inputs: readonly (string | Source)[],
  env: NodeJS.ProcessEnv,
  scope: CheckScope,
): LoadedSettings {
  const problems: ConfigProblem[] = []
  const files: ConfigFile[] = []
  const empty: string[] = []
  let merged: ConfigNode | undefined
  let needsTranslation = false
  for (const input of inputs) {
    const read = readSource(input)
    if (isUnread(read)) {
      problems.push(read)
      continue
    }
    files.push({ path: read.source.path, digest: read.digest })
    const parsed = rootOf(read.source, env)
    problems.push(...parsed.problems)
    if (parsed.root === undefined && parsed.problems.length === 0)
      empty.push(read.source.path)
    merged = mergeNodes(merged, parsed.root)
    needsTranslation ||= mayNeedTranslation(read.source.text)
  }
  try {
    if (needsTranslation && merged !== undefined) {
      const { root, notes } = FILES.translate().translatePymongowatch(merged)
      merged = root
      if (scope === 'thorough') problems.push(...notes.warnings)
    }
    return { ...finish(merged, files, problems, env, scope), empty }
  } catch (error) {
    const why = error instanceof RangeError ? TOO_DEEP : String(error)
    const problem = { ...problemAt(undefined, [], why), file: files[0]?.path }
    return {
      settings: hiddenDefault(buildSettings({}, files)),
      problems: [...problems, problem],
    }
  }
}

/** The map of a file; what is none is told, and replaces no other file. */
function rootOf(source: Source, env: NodeJS.ProcessEnv): ParsedYaml {
  const { root, problems } = FILES.parseYaml().parseYaml(source)
  if (root === undefined || root.kind === 'map') return { root, problems }
  if (isNothing(root)) return { root: undefined, problems }
  const checked = FILES.checkNode().checkNode(root, env, 'used')
  return { root: undefined, problems: [...problems, ...checked.problems] }
}

const TOO_DEEP = 'Too deep: nothing of it is used'

/**
 * Checks settings that an application gives in its code: an object in the
 * form of the YAML file, snake_case. Never throws; see {@link loadSettings}.
 */
export function settingsFrom(
  config: unknown,
  env: NodeJS.ProcessEnv = process.env,
): LoadedSettings {
  return withoutStacks(() => {
    const { root, problems } = FILES.fromObject().nodeFromObject(config)
    return finish(root, [], problems, env, 'all')
  })
}

function finish(
  node: ConfigNode | undefined,
  files: readonly ConfigFile[],
  problems: readonly ConfigProblem[],
  env: NodeJS.ProcessEnv,
  scope: CheckScope,
): LoadedSettings {
  if (node === undefined) {
    const settings = buildSettings({}, files)
    const isWrong = problems.length > 0
    return { settings: isWrong ? hiddenDefault(settings) : settings, problems }
  }
  const checked = FILES.checkNode().checkNode(node, env, scope)
  const built = buildSettings(checked.config, files)
  const settings = {
    ...(isDefault(built) && mayHide(node, problems, checked.problems)
      ? hiddenDefault(built)
      : built),
    included: checked.included,
  }
  const order = files.map(file => file.path)
  return {
    settings,
    problems: inOrder([...problems, ...checked.problems], order),
    hide: checked.hide,
  }
}

function processContext(): SearchContext {
  return {
    env: process.env,
    cwd: START_FOLDER,
    mainScript: process.argv[1],
    home: home(),
    systemDirectory: '/etc',
  }
}

function home(): string | undefined {
  try {
    return homedir()
  } catch {
    return undefined // a user without an entry and without HOME
  }
}

/** By place, and each once: an alias repeats its anchor's mistakes. */
function inOrder(
  problems: readonly ConfigProblem[],
  files: readonly string[],
): ConfigProblem[] {
  const once = new Map(
    problems.map(problem => [
      `${problem.line}:${problem.column} ${problem.path} ${problem.message} ${problem.file}`,
      problem,
    ]),
  )
  const fileOf = ({ file }: ConfigProblem) =>
    file === undefined ? -1 : files.indexOf(file)
  return [...once.values()].sort(
    (a, b) =>
      fileOf(a) - fileOf(b) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0),
  )
}
