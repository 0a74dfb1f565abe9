import { closeSync, constants, openSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { isBeside } from '../integrity/beside.ts'
import type { Chain } from '../integrity/chain.ts'

/** Late writers may change the order of the last few. */
const NEWEST = 8
const READ = constants.O_RDONLY | constants.O_NONBLOCK

/**
 * Makes the header of a chained file. It names the file before it: one that
 * was rotated lately, or the one that was held.
 */
export function fileHeader(
  chain: Chain,
  { filename }: { readonly filename: string },
): (held: number | undefined) => string {
  return held => {
    const rotated = openNewest(filename)
    try {
      return chain.header(held === undefined ? rotated : [...rotated, held])
    } finally {
      for (const fd of rotated) closeSync(fd)
    }
  }
}

/** Whatever it was renamed to, by us or by logrotate. */
function openNewest(filename: string): number[] {
  const prefix = basename(filename)
  const folder = dirname(filename)
  const names = readdirSync(folder).filter(
    name =>
      name.startsWith(prefix) &&
      name !== prefix &&
      !isBeside(name) &&
      !name.endsWith('.gz'),
  )
  return names
    .map(name => join(folder, name))
    .map(path => ({ path, at: changedAt(path) }))
    .sort((a, b) => b.at - a.at)
    .slice(0, NEWEST)
    .flatMap(({ path }) => tryOpen(path))
}

/** Removed meanwhile: the oldest of all. */
function changedAt(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats?.isFile() ? stats.mtimeMs : 0
}

function tryOpen(path: string): number[] {
  try {
    return [openSync(path, READ)]
  } catch {
    return [] // removed or compressed meanwhile
  }
}
