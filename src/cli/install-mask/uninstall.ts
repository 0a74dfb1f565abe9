import { CommandError } from '../problem.ts'
import { carryOut, print } from './carry-out.ts'
import type { Change } from './change.ts'
import { isInstalled } from './inventory.ts'
import type { Surroundings } from './place.ts'
import { STUB } from './places/stub.ts'
import { stubTarget } from './plan.ts'
import {
  planUninstall,
  stubRemoval,
  type UninstallPlan,
} from './plan-uninstall.ts'
import { reportProblems } from './problems.ts'
import { type Session, sessionFor } from './session.ts'
import { type StubFate, stubFate } from './stub-fate.ts'
import type { Target } from './target.ts'

/** How an uninstall is meant. */
export interface UninstallOptions {
  /** The targets were named one by one, not all that are there. */
  readonly isNamed: boolean
}

/** Uninstalls from places; false when the user says no or some were not done. */
export async function uninstallFrom(
  targets: readonly Target[],
  options: UninstallOptions,
  session: Session,
): Promise<boolean> {
  let isDone = true
  for (const [own, group] of byStub(targets, session)) {
    isDone = (await uninstallGroup(group, options, own)) && isDone
  }
  return isDone
}

/** Targets with the stub of this user and those with root's, each together. */
function byStub(
  targets: readonly Target[],
  session: Session,
): [Session, Target[]][] {
  const isApart = (target: Target) =>
    sessionFor(target, session).where.stub !== session.where.stub
  const apart = targets.filter(isApart)
  const [first] = apart
  const others = targets.filter(target => !isApart(target))
  if (first === undefined) return [[session, others]]
  const group: [Session, Target[]] = [sessionFor(first, session), apart]
  return others.length === 0 ? [group] : [[session, others], group]
}

async function uninstallGroup(
  targets: readonly Target[],
  { isNamed }: UninstallOptions,
  session: Session,
): Promise<boolean> {
  const { io, where } = session
  const plan = planUninstall(targets)
  const printed = targets.find(target => target.place.printed)
  if (printed !== undefined && plan.problems.length === 0) {
    print(plan.changes, printed, io)
    return true
  }
  const isStubNamed = isNamed && targets.some(({ place }) => place === STUB)
  const fate = overruled(stubFate(targets, plan, where), isStubNamed)
  const changes = withStub(plan, fate, where)
  const done = await carryOut(changes, targets, 'uninstall', session)
  if (done === 'refused') return false
  if (done === 'written') sayDone(changes, session)
  const problems = [...plan.problems, ...stubProblem(isStubNamed, fate, where)]
  if (done === 'unchanged' && problems.length === 0) {
    io.stdout.write('Not installed there, nothing to do\n')
  }
  if (!isStubNamed) io.stdout.write(stubStays(where, fate))
  reportProblems(problems, io)
  return problems.length === 0
}

function sayDone(changes: readonly Change[], { io }: Session): void {
  for (const { file, targets } of changes) {
    for (const { text, place, argument } of targets) {
      io.stdout.write(`Uninstalled: ${text} (${file})\n`)
      if (place.afterwards) io.stdout.write(`${place.note(argument)}\n`)
    }
  }
}

/** Who names the stub hears why it stays. */
function stubProblem(
  isStubNamed: boolean,
  fate: StubFate,
  where: Surroundings,
): Error[] {
  if (!isStubNamed || fate.goes || !isInstalled(stubTarget(where))) return []
  const other = `${where.stub} stays: --status says where it is named`
  return [new CommandError(stubStays(where, fate).trim() || other)]
}

/** Who names the stub itself knows what may have been moved. */
function overruled(fate: StubFate, isStubNamed: boolean): StubFate {
  if (!isStubNamed || fate.users.length > 0 || fate.doubts.length === 0) {
    return fate
  }
  return { goes: true, users: [], doubts: [] }
}

function withStub(
  plan: UninstallPlan,
  { goes }: StubFate,
  where: Surroundings,
) {
  return goes ? [...plan.changes, stubRemoval(where)] : plan.changes
}

function stubStays(
  { stub }: Surroundings,
  { users, doubts }: StubFate,
): string {
  if (users.length > 0) {
    return `${stub} stays while NODE_OPTIONS names it in ${some(users)}: no Node program would start there without it. It goes with the next --uninstall after that.\n`
  }
  if (doubts.length > 0) {
    return `${stub} stays: ${some(doubts)}. No Node program starts where it is named and gone. When nothing names it any more: mongowatch-install-mask --uninstall stub\n`
  }
  return ''
}

function some(texts: readonly string[]): string {
  const more = texts.length > SHOWN ? ' and others' : ''
  return texts.slice(0, SHOWN).join(', ') + more
}

const SHOWN = 4
