import { pathToFileURL } from 'node:url'
import { isSystemError } from '../problem.ts'
import { readBytes } from './files.ts'
import {
  isInstalled,
  isKnown,
  journalTargets,
  stateOf,
  usualTargets,
} from './inventory.ts'
import { readJournal } from './journal.ts'
import type { Surroundings } from './place.ts'
import { STUB } from './places/stub.ts'
import { needsStub, stubTarget } from './plan.ts'
import type { UninstallPlan } from './plan-uninstall.ts'
import { stubUsers } from './stub-users.ts'
import type { Target } from './target.ts'

/** Whether the stub goes with an uninstall. */
export interface StubFate {
  readonly goes: boolean
  /** Who still names it, as far as that is no matter of course. */
  readonly users: readonly string[]
  /** Who may name it: the user can know better. */
  readonly doubts: readonly string[]
}

/**
 * Node does not start where the stub is named and gone, so it goes only when
 * every place is known to be free of it.
 */
export function stubFate(
  targets: readonly Target[],
  plan: UninstallPlan,
  where: Surroundings,
): StubFate {
  const stub = stubTarget(where)
  if (!isInstalled(stub)) return { goes: false, users: [], doubts: [] }
  const after = new Map(plan.changes.map(change => [change.file, change.after]))
  const all = [...journalTargets(where), ...usualTargets(where)]
  const places = all.filter(needsStub)
  const named = places.map(target => use(target, after, where))
  const users = [...named, ...stubUsers(where)].filter(
    (each): each is string => typeof each === 'string',
  )
  const isKept =
    named.includes(true) || plan.problems.length > 0 || isOwn(targets, where)
  const doubts = isKept ? [] : findDoubts(after, where)
  const goes = !isKept && users.length === 0 && doubts.length === 0
  return { goes, users: [...new Set(users)], doubts }
}

/** Is the stub a target of its own that stays? */
function isOwn(targets: readonly Target[], where: Surroundings): boolean {
  const isStub = ({ place }: Target) => place === STUB
  return journalTargets(where).some(isStub) && !targets.some(isStub)
}

/** True where the mask is, a remark where the stub is named otherwise. */
function use(
  target: Target,
  after: ReadonlyMap<string, string | undefined>,
  { stub }: Surroundings,
): boolean | string {
  const { file, place, argument } = target
  try {
    const text = after.has(file) ? after.get(file) : readBytes(file)
    if (text === undefined) return false
    if (!after.has(file) && place.uninstall(text, argument) !== text) {
      return true
    }
    return spellings(stub).some(each => text.includes(each))
      ? `${file} (not written by this command)`
      : false
  } catch (error) {
    if (!isSystemError(error)) return true
    // what is no file had nothing written into it
    return error.code === 'EFTYPE' ? false : `${file} (it cannot be read)`
  }
}

/** The path as it may stand in a file. */
function spellings(stub: string): string[] {
  const bytes = Buffer.from(stub).toString('latin1')
  return [
    bytes,
    pathToFileURL(stub).pathname,
    JSON.stringify(bytes).slice(1, -1),
    bytes.replaceAll('%', '%%'),
  ]
}

/** What was installed and neither found nor taken away again. */
function findDoubts(
  after: ReadonlyMap<string, string | undefined>,
  where: Surroundings,
): string[] {
  const { entries, isIncomplete } = readJournal(where)
  const lost = journalTargets(where)
    .filter(target => needsStub(target) && !after.has(target.file))
    .map(target => [target.file, stateOf(target)] as const)
    .filter(([, state]) => state === 'gone' || state === 'absent')
    .map(([file, state]) =>
      state === 'gone'
        ? `${file} is gone and may have been moved`
        : `${file} is another one than was written`,
    )
  const later = entries
    .filter(entry => !isKnown(entry))
    .map(({ target }) => `${target} was installed by a later version`)
  const unknown = isIncomplete
    ? ['the list of what was installed was lost once']
    : []
  return [...lost, ...later, ...unknown]
}
