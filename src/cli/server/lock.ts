import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const STALE_MS = 15 * 60_000
const POLL_MS = 100

/**
 * Runs `task` while holding a lock file that other processes respect. The
 * lock of a process that died is taken over. It saves work; what `task` makes
 * must be safe even if two run at once (see `installOnce`).
 */
export async function withLock<T>(
  path: string,
  task: () => Promise<T>,
): Promise<T> {
  while (!acquire(path)) {
    if (isStale(path)) rmSync(path, { force: true })
    else await sleep(POLL_MS)
  }
  try {
    return await task()
  } finally {
    rmSync(path, { force: true })
  }
}

function acquire(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function isStale(path: string): boolean {
  try {
    const age = Date.now() - statSync(path).mtimeMs
    return age > STALE_MS || (age > 1000 && !isAlive(readPid(path)))
  } catch {
    return false // gone meanwhile: try again
  }
}

function readPid(path: string): number {
  return Number.parseInt(readFileSync(path, 'utf8'), 10)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
