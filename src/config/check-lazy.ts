/** What only `check-config` needs of the checks, loaded when it is needed. */
export const FILES = {
  thoroughChecks: (): typeof import('./thorough-checks.ts') =>
    // biome-ignore lint/correctness/useImportExtensions: tsc leaves require() as it is
    require('./thorough-checks'),
} as const
