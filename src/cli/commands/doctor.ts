import type { Command } from '../command.ts'

/** `mongowatch doctor`. */
export const doctor: Command = {
  name: 'doctor',
  summary: 'say whether and how programs started here are watched',
  description: [
    'Looks at what NODE_OPTIONS says here and starts a Node program to see what comes of it; loads every MongoDB driver that an application here would find, to see whether it would be watched; says which configuration is read, whether it is right, and whether its files can be written.',
    'Each line begins with ok, note (it works, but perhaps not as meant) or bad (it cannot work); with a bad one the exit code is 1. Nothing is written.',
  ],
  options: {},
  args: [
    {
      name: 'SCRIPT',
      help: "The application's main script: drivers and configuration are looked for from its folder; without it, from the current one.",
      optional: true,
      complete: 'file',
    },
  ],
  examples: [
    {
      line: 'mongowatch doctor /srv/shop/server.js',
      text: 'Run it as the user and in the environment of the application.',
    },
  ],
  load: () => import('../doctor/run.ts'),
}
