import { CommandError } from '../problem.ts'
import { type Change, namingFile } from './change.ts'
import { isLooseLink, readBytes } from './files.ts'
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

const LOOSE_LINK = 'it is a symbolic link to a file that is not there'

function installChange(
  target: Target,
  wish: Wish,
  where: Surroundings,
  journal: Change['journal'],
): Change {
  const { place, argument, file } = target
  const before = readBytes(file)
  const preload = latin1(optionFor(target, wish, where))
  const stub = latin1(stubFor(target, wish, where))
  const { services, image } = wish
  const request = { preload, stub, argument, services, image, where }
  const after = namingFile(file, () => {
    if (isLooseLink(file)) throw new CommandError(LOOSE_LINK)
    const clean =
      before === undefined ? undefined : place.uninstall(before, argument)
    return place.install(clean, request, before)
  })
  return { file, targets: [target], before, after, journal }
}

/** Bytes as the texts of files have them. */
const latin1 = (text: string) => Buffer.from(text).toString('latin1')

/** The option of NODE_OPTIONS that a target gets. */
export function optionFor(
  target: Target,
  wish: Wish,
  where: Surroundings,
): string {
  const { flag } = wish
  const stub = stubFor(target, wish, where)
  // a Dockerfile puts the stub into its image, the others cannot
  const isCertain =
    target.place.reach !== 'image' ||
    target.place.name === 'dockerfile' ||
    stub === COPIED_PRELOAD
  return flag === undefined && !isCertain
    ? carefulPreloadOption(stub)
    : preloadOption(flag ?? 'require', stub)
}

/** The file that the option names: images have another file system. */
function stubFor(
  { place }: Target,
  { isStubChosen, image }: Wish,
  { stub }: Surroundings,
): string {
  if (place.reach !== 'image') return stub
  if (place === KUBERNETES && image !== undefined) return COPIED_PRELOAD
  return isStubChosen ? stub : SYSTEM_STUB
}

/** Does NODE_OPTIONS there name the stub of this host? */
export function needsStub({ place }: Target): boolean {
  return place !== STUB && place.reach !== 'image' && place.name !== 'config'
}

/** The stub as a target. */
export function stubTarget(where: Surroundings): Target {
  return createTarget(STUB, undefined, where)
}
