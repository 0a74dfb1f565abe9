import type { Note } from './command.ts'

/** Environment variables that every command knows. */
export const COMMON_ENVIRONMENT: readonly Note[] = [
  { name: 'NO_COLOR', text: 'When set, nothing is coloured.' },
  { name: 'FORCE_COLOR', text: 'Colours also where there is no terminal.' },
]

/** Where settings are read from. */
export const CONFIG_FILES: readonly Note[] = [
  {
    name: '/etc/mongowatch.yaml',
    text: 'The settings of this host; docs/configuration.md lists where else they are looked for.',
  },
]
