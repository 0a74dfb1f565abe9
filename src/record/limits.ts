/** Bounds of a copied value; each one that is hit leaves a visible mark. */
export interface SnapshotLimits {
  /** Nested documents and arrays. @default 12 */
  depth: number
  /** Keys of one document. @default 200 */
  keys: number
  /** Elements of one array. @default 100 */
  array: number
  /** UTF-16 code units of one string. @default 1024 */
  string: number
  /** Approximate bytes of the whole copy. @default 16384 */
  bytes: number
}

/** What applies when the configuration says nothing. */
export const DEFAULT_LIMITS: SnapshotLimits = {
  depth: 12,
  keys: 200,
  array: 100,
  string: 1024,
  bytes: 16384,
}
