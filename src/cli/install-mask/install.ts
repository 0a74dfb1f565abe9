import { carryOut, print } from './carry-out.ts'
import type { Change } from './change.ts'
import type { Surroundings } from './place.ts'
import { planInstall } from './plan.ts'
import { type Session, sessionFor } from './session.ts'
import type { Target } from './target.ts'
import { trustWarning } from './trust.ts'

/** Installs into one place; false when the user says no. */
export async function installInto(
  target: Target,
  session: Session,
): Promise<boolean> {
  const own = sessionFor(target, session)
  const { io, where, wish } = own
  const changes = planInstall(target, wish, where)
  if (target.place.printed) {
    print(changes, target, io)
    return true
  }
  if (changes.length > 0) {
    io.stderr.write(
      trustWarning(target, where) + obstacleWarning(target, changes, where),
    )
  }
  const done = await carryOut(changes, [target], 'install', own)
  if (done === 'written') {
    io.stdout.write(`Installed: ${target.text} (${target.file})\n`)
    io.stdout.write(`${target.place.note(target.argument)}\n`)
  }
  if (done === 'unchanged') {
    io.stdout.write(`${target.text}: installed already, nothing to do\n`)
  }
  return done !== 'refused'
}

function obstacleWarning(
  { place, file, argument }: Target,
  changes: readonly Change[],
  where: Surroundings,
): string {
  const change = changes.find(each => each.file === file)
  if (change === undefined) return '' // only the stub is written
  const found = place.obstacle?.(change.before ?? '', argument, where)
  return found === undefined ? '' : `Warning: ${file}: ${found}\n`
}
