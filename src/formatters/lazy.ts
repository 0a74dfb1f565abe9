/** The file of each type of formatter, loaded when it is configured. */
export const FILES = {
  line: (): typeof import('./line.ts') => require('./line'),
  csv: (): typeof import('./csv.ts') => require('./csv'),
  json: (): typeof import('./json.ts') => require('./json'),
  ecs: (): typeof import('./ecs.ts') => require('./ecs'),
  otel: (): typeof import('./otel.ts') => require('./otel'),
  ocsf: (): typeof import('./ocsf.ts') => require('./ocsf'),
  mongoAudit: (): typeof import('./mongo-audit.ts') => require('./mongo-audit'),
  rfc5424: (): typeof import('./rfc5424.ts') => require('./rfc5424'),
  cef: (): typeof import('./cef.ts') => require('./cef'),
  logfmt: (): typeof import('./logfmt.ts') => require('./logfmt'),
} as const
