/** What only a file with mistakes in its syntax needs, loaded then. */
export const FILES = {
  salvageYaml: (): typeof import('./salvage-yaml.ts') =>
    // biome-ignore lint/correctness/useImportExtensions: tsc leaves require() as it is
    require('./salvage-yaml'),
} as const
