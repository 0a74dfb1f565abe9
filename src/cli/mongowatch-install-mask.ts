import type { Program } from './command.ts'
import { installMask } from './commands/install-mask.ts'
import { COMMON_ENVIRONMENT } from './notes.ts'

/** `mongowatch-install-mask`: a program that is one command. */
export const mongowatchInstallMask: Program = {
  name: installMask.name,
  summary: installMask.summary,
  description: installMask.description,
  commands: [],
  command: installMask,
  files: [
    {
      name: '/var/lib/mongowatch/register.cjs',
      text: 'The stub that NODE_OPTIONS names when root installs.',
    },
    {
      name: '/var/lib/mongowatch/places.json',
      text: 'What was installed where; beside the stub.',
    },
    {
      name: '~/.local/share/mongowatch/',
      text: 'The same for other users; XDG_DATA_HOME moves it.',
    },
  ],
  environment: [
    ...COMMON_ENVIRONMENT,
    { name: 'NODE_OPTIONS', text: 'What it says here is shown.' },
    {
      name: 'XDG_DATA_HOME, XDG_CONFIG_HOME, ZDOTDIR',
      text: "Where the stub, fish's and zsh's files are.",
    },
  ],
}
