import { MongowatchError } from '../../errors.ts'
import { isSystemError } from '../problem.ts'
import { type Change, namingFile } from './change.ts'
import { readBytes } from './files.ts'
import type { Surroundings } from './place.ts'
import { STUB } from './places/stub.ts'
import { stubTarget } from './plan.ts'
import type { Target } from './target.ts'

/** What uninstalling changes, and what hinders it in the other places. */
export interface UninstallPlan {
  readonly changes: readonly Change[]
  readonly problems: readonly Error[]
}

/** What uninstalling targets changes; the stub is not among them. */
export function planUninstall(targets: readonly Target[]): UninstallPlan {
  const changes = new Map<string, Change>()
  const problems: Error[] = []
  for (const target of targets) {
    if (target.place === STUB) continue
    try {
      const change = uninstallChange(target, changes.get(target.file))
      if (change !== undefined) changes.set(target.file, change)
    } catch (error) {
      if (!isOfOnePlace(error)) throw error
      problems.push(error)
    }
  }
  return { changes: [...changes.values()], problems }
}

/** What one place could not do does not hinder the others. */
export function isOfOnePlace(error: unknown): error is Error {
  return error instanceof MongowatchError || isSystemError(error)
}

function uninstallChange(
  target: Target,
  earlier: Change | undefined,
): Change | undefined {
  const { file, place, argument } = target
  const text = earlier === undefined ? readBytes(file) : earlier.after
  if (text === undefined) return undefined
  const after = namingFile(file, () => place.uninstall(text, argument))
  if (after === text && !place.printed) return undefined
  const before = earlier === undefined ? text : earlier.before
  const targets = [...(earlier?.targets ?? []), target]
  return { file, targets, before, after, journal: 'remove' }
}

/** The removal of the stub. */
export function stubRemoval(where: Surroundings): Change {
  const target = stubTarget(where)
  const before = readBytes(target.file)
  const { file } = target
  return {
    file,
    targets: [target],
    before,
    after: undefined,
    journal: 'remove',
  }
}
