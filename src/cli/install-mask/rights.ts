import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { PACKAGE_FOLDER } from '../../package.ts'
import { CommandError } from '../problem.ts'
import type { Wish } from './plan.ts'
import type { Session } from './session.ts'
import { shellWord } from './shell-word.ts'
import type { Target } from './target.ts'

/** Says how to run this command again with the rights it lacks. */
export function refuseWithoutRights(
  files: readonly string[],
  targets: readonly Target[],
  mode: 'install' | 'uninstall',
  session: Session,
): void {
  if (files.length === 0) return
  const args = [
    `--${mode}`,
    ...targets.map(({ text }) => text),
    ...(mode === 'install' ? wishWords(session.wish) : []),
    ...whereWords(mode, targets, session),
  ]
  const words = [...homeWords(targets, session), ...program(), ...args]
  throw new CommandError(
    `${files.join(' and ')}: permission denied. Run:\n  sudo ${words.map(shellWord).join(' ')}`,
  )
}

/** Absolute, because root's PATH may have another node, or none. */
function program(): string[] {
  const bin = resolve(PACKAGE_FOLDER, 'bin/mongowatch-install-mask.js')
  return [process.execPath, bin]
}

const HOME_NAMES = ['HOME', 'XDG_CONFIG_HOME', 'ZDOTDIR'] as const

/** sudo would take root's home, in which other files have the same names. */
function homeWords(
  targets: readonly Target[],
  { where: { env } }: Session,
): string[] {
  const isAtHome = ({ place }: Target) =>
    place.reach === 'user' && place.argument === undefined
  if (!targets.some(isAtHome)) return []
  const set = HOME_NAMES.filter(name => env[name])
  return ['env', ...set.map(name => `${name}=${env[name]}`)]
}

function wishWords({ flag, services, image }: Wish): string[] {
  return [
    ...(image === undefined ? [] : ['--image', image]),
    ...(flag === undefined ? [] : [`--${flag}`]),
    ...services.flatMap(name => ['--service', name]),
  ]
}

/** Root's stub is another one: what this user's stub is for must be said. */
function whereWords(
  mode: 'install' | 'uninstall',
  targets: readonly Target[],
  { where, wish, yes }: Session,
): string[] {
  const { root, stub } = where
  const isUsers = targets.some(({ place }) => place.reach !== 'system')
  const isNeeded =
    mode === 'uninstall' && root === '' && isUsers && existsSync(stub)
  const isRoots = stub === where.systemStub
  return [
    ...(root === '' ? [] : ['--root', root]),
    ...(wish.isStubChosen || (isNeeded && !isRoots) ? ['--stub', stub] : []),
    ...(yes ? ['--yes'] : []),
  ]
}
