/** What few processes need of the filters, loaded when it is needed. */
export const FILES = {
  match: (): typeof import('./match.ts') => require('./match'),
  hideable: (): typeof import('./hideable.ts') => require('./hideable'),
} as const
