import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { PACKAGE_FOLDER } from '../../package.ts'
import { withLock } from './lock.ts'

/**
 * Where things installed on first use are kept: `.cache` of a checkout, else
 * the user's cache folder.
 */
export function cacheFolder(): string {
  if (existsSync(join(PACKAGE_FOLDER, 'test')))
    return join(PACKAGE_FOLDER, '.cache')
  const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  return join(base, 'mongowatch')
}

/**
 * Returns `folder`, filled by `install` if it is not there yet. Several
 * processes may ask at once: one installs, the others wait. A half-made
 * folder is never seen, because it is renamed into place when it is complete.
 */
export async function installOnce(
  folder: string,
  install: (draft: string) => Promise<void>,
): Promise<string> {
  if (existsSync(folder)) return folder
  await mkdir(dirname(folder), { recursive: true })
  return withLock(`${folder}.lock`, async () => {
    if (existsSync(folder)) return folder
    const draft = `${folder}.${randomUUID().slice(0, 8)}`
    try {
      await install(draft)
      await rename(draft, folder)
    } finally {
      await rm(draft, { recursive: true, force: true })
    }
    return folder
  })
}
