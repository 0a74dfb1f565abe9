import type { ExitCode, Input, Run } from '../command.ts'
import { UsageError } from '../problem.ts'
import { Cancelled } from './ask.ts'
import { installInto } from './install.ts'
import { installedTarget, installedTargets } from './inventory.ts'
import { isOfOnePlace } from './plan-uninstall.ts'
import { printedOption } from './print.ts'
import { reportProblems } from './problems.ts'
import { isInteractive, type Session } from './session.ts'
import { statusText, targetsText } from './status.ts'
import { readSurroundings } from './surroundings.ts'
import { readTarget, type Target } from './target.ts'
import { uninstallFrom } from './uninstall.ts'

const MODES = [
  'install',
  'uninstall',
  'available-targets',
  'status',
  'print',
] as const

/** `mongowatch-install-mask`. */
export const run: Run = async (input, io) => {
  const { values, args } = input
  const session: Session = {
    io,
    where: readSurroundings(values, io.env),
    wish: {
      flag: values.oneOf(['require', 'import']),
      isStubChosen: values.text('stub') !== undefined,
      services: values.list('service'),
      image: values.text('image'),
    },
    dryRun: values.flag('dry-run'),
    yes: values.flag('yes'),
  }
  const mode = values.oneOf(MODES)
  if (mode === 'install') return install(input, session)
  if (mode === 'uninstall') return uninstall(input, session)
  if (args.length > 0 || values.text('systemd') !== undefined) {
    throw new UsageError('Say --install or --uninstall with a TARGET')
  }
  return show(mode, session)
}

async function show(
  mode: 'available-targets' | 'status' | 'print' | undefined,
  session: Session,
): Promise<ExitCode> {
  const { io, where, wish } = session
  if (mode === undefined && isInteractive(io)) {
    const { runMenu } = await import('./menu.ts')
    return runMenu(session)
  }
  if (mode === 'available-targets') io.stdout.write(targetsText(where, io))
  else if (mode === 'print') io.stdout.write(`${printedOption(wish, where)}\n`)
  else io.stdout.write(statusText(where))
  return 0
}

async function install(input: Input, session: Session): Promise<ExitCode> {
  const targets = readTargets(input, session)
  if (targets.length === 0) throw new UsageError('--install needs a TARGET')
  const problems: Error[] = []
  for (const target of targets) {
    try {
      if (!(await installInto(target, session))) return 1
    } catch (error) {
      if (!isOfOnePlace(error) || stopsAll(error)) throw error
      problems.push(error)
    }
  }
  reportProblems(problems, session.io)
  return problems.length === 0 ? 0 : 1
}

const stopsAll = (error: Error) =>
  error instanceof UsageError || error instanceof Cancelled

async function uninstall(input: Input, session: Session): Promise<ExitCode> {
  const { where, wish } = session
  if (wish.services.length > 0) {
    throw new UsageError(
      '--uninstall takes the mask out of the whole file; to keep it in some services, --install it again with --service for each of them',
    )
  }
  const chosen = readTargets(input, session)
  const isNamed = chosen.length > 0
  const targets = isNamed
    ? chosen.map(target => installedTarget(target, where))
    : installedTargets(where)
  return (await uninstallFrom(targets, { isNamed }, session)) ? 0 : 1
}

/** The arguments, and `--systemd UNIT`, which is `systemd:UNIT`. */
function readTargets({ args, values }: Input, { where }: Session): Target[] {
  const unit = values.text('systemd')
  const names = unit === undefined ? args : args.filter(n => n !== 'systemd')
  const all = unit === undefined ? names : [...names, `systemd:${unit}`]
  return all.map(text => readTarget(text, where))
}
