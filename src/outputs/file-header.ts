import { closeSync, openSync } from 'node:fs'
import type { Chain } from '../integrity/chain.ts'
import { listRotated } from './rotated-files.ts'

/** Names carry the time of their writers, who may differ in order by a few. */
const NEWEST = 8

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

function openNewest(filename: string): number[] {
  return listRotated(filename)
    .slice(0, NEWEST)
    .flatMap(({ path, isCompressed }) => (isCompressed ? [] : tryOpen(path)))
}

function tryOpen(path: string): number[] {
  try {
    return [openSync(path, 'r')]
  } catch {
    return [] // removed or compressed meanwhile
  }
}
