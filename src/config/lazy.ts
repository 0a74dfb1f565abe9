/**
 * What only some processes need of the configuration: one without a file
 * loads none of it, a plain YAML file only the first two.
 */
export const FILES = {
  parseYaml: (): typeof import('./parse-yaml.ts') => require('./parse-yaml'),
  checkNode: (): typeof import('./check-node.ts') => require('./check-node'),
  fromObject: (): typeof import('./from-object.ts') => require('./from-object'),
  translate: (): typeof import('./pymongowatch/translate.ts') =>
    require('./pymongowatch/translate'),
  problemText: (): typeof import('./problem-text.ts') =>
    require('./problem-text'),
} as const
