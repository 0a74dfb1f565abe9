import { resolve } from 'node:path'
import { CommandError } from '../problem.ts'
import { PACKAGE_DIR } from '../version.ts'

/** Says how to run this command again with the rights it lacks. */
export function refuseWithoutRights(
  files: readonly string[],
  args: readonly string[],
): void {
  if (files.length === 0) return
  throw new CommandError(
    `${files.join(' and ')}: permission denied. Run:\n  ${sudoCommand(args)}`,
  )
}

/** Absolute, because root's PATH may have another node, or none. */
function sudoCommand(args: readonly string[]): string {
  const bin = resolve(PACKAGE_DIR, 'bin/mongowatch-install-mask.js')
  return ['sudo', process.execPath, bin, ...args].map(shellWord).join(' ')
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word)
    ? word
    : `'${word.replaceAll("'", "'\\''")}'`
}
