/** A lock, which is renamed when it is let go, and a draft. */
const BESIDE = /\.lock(?:\.\d+\.\d+)?$|\.tmp$/

/** Whether a running handler has such a file beside its own for a moment. */
export function isBeside(name: string): boolean {
  return BESIDE.test(name)
}
