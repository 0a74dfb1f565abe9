import { closeSync, fstatSync, openSync } from 'node:fs'
import type { Chain } from '../integrity/chain.ts'
import { listRotated } from './rotated-files.ts'

/**
 * Makes the header of a chained file. It names the file before it: the one
 * that was rotated last, or the one that was held, whichever is newer.
 */
export function fileHeader(
  chain: Chain,
  { filename }: { readonly filename: string },
): (held: number | undefined) => string {
  return held => {
    const rotated = openNewest(filename)
    try {
      return chain.header(newer(rotated, held))
    } finally {
      if (rotated !== undefined) closeSync(rotated)
    }
  }
}

function openNewest(filename: string): number | undefined {
  const newest = listRotated(filename)[0]
  if (newest === undefined || newest.isCompressed) return undefined
  try {
    return openSync(newest.path, 'r')
  } catch {
    return undefined // removed or compressed meanwhile
  }
}

function newer(
  one: number | undefined,
  other: number | undefined,
): number | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return fstatSync(one).mtimeMs >= fstatSync(other).mtimeMs ? one : other
}
