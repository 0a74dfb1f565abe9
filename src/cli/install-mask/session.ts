import type { Io } from '../io.ts'
import { painter } from '../paint.ts'
import { UsageError } from '../problem.ts'
import { applyChanges } from './apply.ts'
import { changeDiff } from './diff.ts'
import type { Surroundings } from './place.ts'
import {
  type Change,
  planInstall,
  planUninstall,
  takesStub,
  unwritable,
  type Wish,
} from './plan.ts'
import { refuseWithoutRights } from './rights.ts'
import { stubUsers } from './stub-users.ts'
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

/** Installs into one place; false when the user says no. */
export async function installInto(
  target: Target,
  session: Session,
): Promise<boolean> {
  const { io, where, wish } = session
  const changes = planInstall(target, wish, where)
  if (target.place.printed) {
    print(changes, target, io)
    return true
  }
  const again = ['--install', target.text, ...wishWords(wish)]
  const done = await carryOut(changes, [target], again, session)
  if (done === 'written') {
    io.stdout.write(`Installed: ${target.text} (${target.file})\n`)
    io.stdout.write(`${target.place.note(target.argument)}\n`)
  }
  if (done === 'unchanged') {
    io.stdout.write(`${target.text}: installed already, nothing to do\n`)
  }
  return done !== 'refused'
}

/** Uninstalls from places; false when the user says no. */
export async function uninstallFrom(
  targets: readonly Target[],
  session: Session,
): Promise<boolean> {
  const { io, where } = session
  const takeStub = takesStub(targets, where)
  const users = takeStub ? stubUsers(where) : []
  const changes = planUninstall(targets, where, takeStub && users.length === 0)
  const printed = targets.find(target => target.place.printed)
  if (printed !== undefined) {
    print(changes, printed, io)
    return true
  }
  const words = ['--uninstall', ...targets.map(target => target.text)]
  const done = await carryOut(changes, targets, words, session)
  for (const { target } of done === 'written' ? changes : []) {
    io.stdout.write(`Uninstalled: ${target.text} (${target.file})\n`)
  }
  if (done === 'unchanged') {
    io.stdout.write('Not installed there, nothing to do\n')
  }
  if (users.length > 0 && done !== 'refused') {
    io.stdout.write(stubStays(where, users))
  }
  return done !== 'refused'
}

function stubStays({ stub }: Surroundings, users: readonly string[]): string {
  const some = users.slice(0, SHOWN).join(', ')
  const more = users.length > SHOWN ? ' and others' : ''
  return `${stub} stays while NODE_OPTIONS names it in ${some}${more}: no Node program would start there without it. It goes with the next --uninstall after they have ended.\n`
}

const SHOWN = 4

async function carryOut(
  changes: readonly Change[],
  targets: readonly Target[],
  words: readonly string[],
  session: Session,
): Promise<'written' | 'unchanged' | 'shown' | 'refused'> {
  const { io, where, dryRun, yes } = session
  if (changes.length === 0) return 'unchanged'
  const paint = painter(io.stdout, io.env)
  for (const change of changes) {
    io.stdout.write(`${changeDiff(change, paint)}\n`)
  }
  if (dryRun) return 'shown'
  refuseWithoutRights(unwritable(changes), [...words, ...whereWords(session)])
  if (!yes && !(await agreed(targets, io))) return 'refused'
  applyChanges(changes, where)
  return 'written'
}

async function agreed(targets: readonly Target[], io: Io): Promise<boolean> {
  if (!isInteractive(io)) {
    throw new UsageError('Nobody can be asked here: add --yes or --dry-run')
  }
  const { askWhether } = await import('./ask.ts')
  const names = targets.map(target => target.text).join(', ')
  return askWhether(`Write this (${names})?`)
}

/** Can a person be asked? */
export function isInteractive(io: Io): boolean {
  return io.stdin.isTTY === true && io.stdout.isTTY === true
}

function print(changes: readonly Change[], target: Target, io: Io): void {
  const own = changes.find(change => change.target === target)
  io.stdout.write(Buffer.from(own?.after ?? own?.before ?? '', 'latin1'))
  io.stderr.write(`${target.place.note(target.argument)}\n`)
}

function wishWords({ flag, services, image }: Wish): string[] {
  return [
    ...(image === undefined ? [] : ['--image', image]),
    ...(flag === undefined ? [] : [`--${flag}`]),
    ...services.flatMap(name => ['--service', name]),
  ]
}

function whereWords({ where, wish, yes }: Session): string[] {
  return [
    ...(where.root === '' ? [] : ['--root', where.root]),
    ...(wish.isStubChosen ? ['--stub', where.stub] : []),
    ...(yes ? ['--yes'] : []),
  ]
}
