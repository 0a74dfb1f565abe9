import { CommandError } from '../problem.ts'
import { isWritable, readBytes } from './files.ts'
import { installedTargets, isInstalled } from './inventory.ts'
import type { Surroundings } from './place.ts'
import { KUBERNETES } from './places/kubernetes.ts'
import { COPIED_PRELOAD } from './places/kubernetes-image.ts'
import { STUB } from './places/stub.ts'
import {
  carefulPreloadOption,
  type PreloadFlag,
  preloadOption,
} from './preload.ts'
import { SYSTEM_STUB } from './surroundings.ts'
import { createTarget, type Target } from './target.ts'

/** How to install. */
export interface Wish {
  /** Undefined: `--require`, or what is careful in images. */
  readonly flag: PreloadFlag | undefined
  /** `--stub` was given, so it is right for images too. */
  readonly isStubChosen: boolean
  readonly services: readonly string[]
  /** An image that pods copy mongowatch from. */
  readonly image: string | undefined
}

/** A file before and after; undefined means that there is no file. */
export interface Change {
  readonly target: Target
  readonly before: string | undefined
  readonly after: string | undefined
  /** What becomes of the journal: the stub of a place is not in it. */
  readonly journal: 'add' | 'remove' | 'keep'
}

/** What installing a target changes: nothing if it is there already. */
export function planInstall(
  target: Target,
  wish: Wish,
  where: Surroundings,
): Change[] {
  const own = installChange(target, wish, where, 'add')
  const changes = needsStub(target)
    ? [installChange(stubTarget(where), wish, where, 'keep'), own]
    : [own]
  return changes.filter(
    ({ before, after }) => before !== after || target.place.printed === true,
  )
}

function installChange(
  target: Target,
  wish: Wish,
  where: Surroundings,
  journal: Change['journal'],
): Change {
  const { place, argument, file } = target
  const before = readBytes(file)
  const option = optionFor(target, wish, where)
  const preload = Buffer.from(option).toString('latin1')
  const { services, image } = wish
  const request = { preload, argument, services, image, where }
  const after = namingFile(file, () => {
    const clean = before === undefined ? undefined : place.uninstall(before)
    return place.install(clean, request)
  })
  return { target, before, after, journal }
}

/** Would the stub be without a use after these targets? */
export function takesStub(
  targets: readonly Target[],
  where: Surroundings,
): boolean {
  const files = targets.map(target => target.file)
  const left = installedTargets(where).filter(
    target => needsStub(target) && !files.includes(target.file),
  )
  return left.length === 0 && isInstalled(stubTarget(where))
}

/** What uninstalling targets changes, with the stub or without. */
export function planUninstall(
  targets: readonly Target[],
  where: Surroundings,
  takeStub = takesStub(targets, where),
): Change[] {
  const others = targets.filter(({ place }) => place !== STUB)
  const all = takeStub ? [...others, stubTarget(where)] : others
  const changes = new Map<string, Change>()
  for (const target of all) {
    const before = changes.get(target.file)?.after ?? readBytes(target.file)
    if (before === undefined) continue
    const after = namingFile(target.file, () => target.place.uninstall(before))
    if (before === after && !target.place.printed) continue
    changes.set(target.file, { target, before, after, journal: 'remove' })
  }
  return [...changes.values()]
}

/** The option of NODE_OPTIONS that a target gets. */
export function optionFor(
  { place }: Target,
  { flag, isStubChosen, image }: Wish,
  { stub }: Surroundings,
): string {
  if (place.reach !== 'image') return preloadOption(flag ?? 'require', stub)
  if (place === KUBERNETES && image !== undefined) {
    return preloadOption(flag ?? 'require', COPIED_PRELOAD)
  }
  const file = isStubChosen ? stub : SYSTEM_STUB
  // a Dockerfile puts the stub into its image, the others cannot
  return flag === undefined && place.name !== 'dockerfile'
    ? carefulPreloadOption(file)
    : preloadOption(flag ?? 'require', file)
}

/** Files of these changes that this process may not write. */
export function unwritable(changes: readonly Change[]): string[] {
  return changes
    .map(change => change.target.file)
    .filter(file => !isWritable(file))
}

function needsStub({ place }: Target): boolean {
  return place !== STUB && place.reach !== 'image' && place.name !== 'config'
}

const stubTarget = (where: Surroundings) => createTarget(STUB, undefined, where)

/** An error of a place gets the name of its file. */
function namingFile<T>(file: string, task: () => T): T {
  try {
    return task()
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    throw new CommandError(`${file}: ${error.message}`, { cause: error })
  }
}
