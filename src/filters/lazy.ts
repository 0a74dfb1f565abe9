/** The file of each filter, and what few need: loaded when it is needed. */
export const FILES = {
  fields: (): typeof import('./fields.ts') => require('./fields'),
  hideable: (): typeof import('./hideable.ts') => require('./hideable'),
  mask: (): typeof import('./mask.ts') => require('./mask'),
  match: (): typeof import('./match.ts') => require('./match'),
  module: (): typeof import('./module.ts') => require('./module'),
  rate: (): typeof import('./rate.ts') => require('./rate'),
  redact: (): typeof import('./redact.ts') => require('./redact'),
  sample: (): typeof import('./sample.ts') => require('./sample'),
  when: (): typeof import('./when.ts') => require('./when'),
} as const
