import { randomBytes } from 'node:crypto'
import {
  chownSync,
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** A new version of a file that nobody sees until it is complete. */
export interface Replacement {
  readonly descriptor: number
  /** Puts it in the place of the file. */
  readonly commit: () => void
  /** Takes it away; nothing happens after a commit. */
  readonly discard: () => void
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Replaces a file if the task succeeds; a signal leaves it as it was. */
export async function replacing<T>(
  path: string,
  task: (replacement: Replacement) => Promise<T>,
): Promise<T> {
  const replacement = replaceFile(path)
  const leave = (signal: NodeJS.Signals) => {
    replacement.discard()
    for (const name of SIGNALS) process.off(name, leave)
    process.kill(process.pid, signal)
  }
  for (const name of SIGNALS) process.on(name, leave)
  try {
    const result = await task(replacement)
    replacement.commit()
    return result
  } finally {
    replacement.discard()
    for (const name of SIGNALS) process.off(name, leave)
  }
}

/**
 * Begins to replace a file atomically: the new one is written beside it, gets
 * its mode and owner, is flushed to the disk and renamed over it. A symbolic
 * link stays and what it points to is replaced.
 */
export function replaceFile(path: string, newMode = 0o666): Replacement {
  const target = resolveLink(path)
  const name = `.${basename(target)}.${randomBytes(6).toString('hex')}`
  const temporary = join(dirname(target), name)
  const descriptor = openBeside(target, temporary, newMode)
  let open = true
  const close = () => {
    if (open) closeSync(descriptor)
    open = false
  }
  return {
    descriptor,
    commit: () => {
      copyRights(target, temporary, descriptor)
      fsyncSync(descriptor)
      close()
      renameSync(temporary, target)
    },
    discard: () => {
      close()
      rmSync(temporary, { force: true })
    },
  }
}

function openBeside(target: string, temporary: string, mode: number): number {
  return naming(target, () => openSync(temporary, 'wx', mode))
}

/** The reader of an error knows the file, not the one beside it. */
function naming<T>(file: string, task: () => T): T {
  try {
    return task()
  } catch (error) {
    throw Object.assign(error as NodeJS.ErrnoException, { path: file })
  }
}

function copyRights(from: string, to: string, descriptor: number): void {
  const stat = statSync(from, { throwIfNoEntry: false })
  if (stat === undefined) return
  const own = statSync(to)
  if (own.uid !== stat.uid || own.gid !== stat.gid) {
    naming(from, () => chownSync(to, stat.uid, stat.gid))
  }
  fchmodSync(descriptor, stat.mode & 0o7777) // after chown, which clears setuid
}

function resolveLink(path: string): string {
  try {
    return realpathSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return path
    throw error
  }
}
