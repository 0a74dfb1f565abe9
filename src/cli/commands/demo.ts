import type { Command } from '../command.ts'

/** `mongowatch demo`. */
export const demo: Command = {
  name: 'demo',
  summary: 'watch a small shop at work on a MongoDB server of its own',
  description: [
    'Starts a MongoDB server, runs a small shop application that knows nothing of mongowatch under node --require mongowatch/register, and shows its records as they come.',
    'The server is the one of MONGOWATCH_TEST_URI (in a database of its own, which is emptied at the end), else mongod of PATH, else SecantusDB, which is installed from PyPI into a cache folder the first time. The driver is the one of the current folder.',
  ],
  options: {},
  args: [],
  examples: [
    { line: 'mongowatch demo', text: 'In a terminal: aligned and coloured.' },
    { line: 'mongowatch demo | cat', text: 'Plain text, nothing cut.' },
  ],
  load: () => import('../demo/run.ts'),
}
