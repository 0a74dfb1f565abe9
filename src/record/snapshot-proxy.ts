import { type InspectOptions, inspect } from 'node:util'

/** Looks at the Proxy itself, not through it, and runs no code of a value. */
const OPTIONS: InspectOptions = {
  showProxy: true,
  customInspect: false,
  getters: false,
  depth: 1,
  maxArrayLength: 0,
  maxStringLength: 0,
  breakLength: Number.POSITIVE_INFINITY,
  compact: true,
}

const ONLY_GET_AND_SET =
  /^Proxy \[ \[(?: \.\.\. \d+ more items? )?\], \{ get: \[Function: get\], set: \[Function: set\] \} \]$/

/**
 * True for a Proxy of an ordinary array whose only traps are `get` and `set`:
 * what mongoose makes of every array in an update. Own property descriptors of
 * such a Proxy come straight from its array, without running a trap. Any other
 * Proxy is not read.
 */
export function isTransparentArray(proxy: object): boolean {
  try {
    return (
      Array.isArray(proxy) && ONLY_GET_AND_SET.test(inspect(proxy, OPTIONS))
    )
  } catch {
    return false // revoked
  }
}
