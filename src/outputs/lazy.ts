/** The file of each class of handler, loaded when it is configured. */
export const FILES = {
  chain: (): typeof import('../integrity/chain.ts') =>
    require('../integrity/chain'),
  console: (): typeof import('./console.ts') => require('./console'),
  file: (): typeof import('./file.ts') => require('./file'),
  otlp: (): typeof import('./otlp/otlp-options.ts') =>
    require('./otlp/otlp-options'),
  syslog: (): typeof import('./syslog/syslog-options.ts') =>
    require('./syslog/syslog-options'),
  thread: (): typeof import('./thread-destination.ts') =>
    require('./thread-destination'),
  winston: (): typeof import('./winston-transport.ts') =>
    require('./winston-transport'),
  transport: (): typeof import('./transport-spec.ts') =>
    require('./transport-spec'),
} as const
