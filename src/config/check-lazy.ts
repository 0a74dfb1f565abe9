/** What a right file does not need to be checked, loaded when it is needed. */
export const FILES = {
  /** Only for `check-config`. */
  thoroughChecks: (): typeof import('./thorough-checks.ts') =>
    // biome-ignore lint/correctness/useImportExtensions: tsc leaves require() as it is
    require('./thorough-checks'),
  expressionMistakes: (): typeof import('./expression-mistakes.ts') =>
    // biome-ignore lint/correctness/useImportExtensions: as above
    require('./expression-mistakes'),
  filterPieces: (): typeof import('./filter-pieces.ts') =>
    // biome-ignore lint/correctness/useImportExtensions: as above
    require('./filter-pieces'),
  meantKey: (): typeof import('./meant-key.ts') =>
    // biome-ignore lint/correctness/useImportExtensions: as above
    require('./meant-key'),
  nearestMeant: (): typeof import('./nearest-meant.ts') =>
    // biome-ignore lint/correctness/useImportExtensions: as above
    require('./nearest-meant'),
  textMistakes: (): typeof import('./text-mistakes.ts') =>
    // biome-ignore lint/correctness/useImportExtensions: as above
    require('./text-mistakes'),
} as const
