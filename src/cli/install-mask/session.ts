import type { Io } from '../io.ts'
import type { Surroundings } from './place.ts'
import type { Wish } from './plan.ts'
import { forAllUsers } from './surroundings.ts'
import type { Target } from './target.ts'

/** What one run of the command knows. */
export interface Session {
  readonly io: Io
  readonly where: Surroundings
  readonly wish: Wish
  readonly dryRun: boolean
  /** Nothing is asked. */
  readonly yes: boolean
}

/** The session for a target: what all users load has the stub of root. */
export function sessionFor(
  { place }: Pick<Target, 'place'>,
  session: Session,
): Session {
  const { where } = session
  return place.reach === 'system' && place.name !== 'stub'
    ? { ...session, where: forAllUsers(where) }
    : session
}

/** Can a person be asked? */
export function isInteractive(io: Io): boolean {
  return io.stdin.isTTY === true && io.stdout.isTTY === true
}
