import type { Program } from './command.ts'
import { aggregate } from './commands/aggregate.ts'
import { COMMON_ENVIRONMENT } from './notes.ts'

/** `mongowatch-csv`: work on audits in CSV. */
export const mongowatchCsv: Program = {
  name: 'mongowatch-csv',
  summary: 'work on CSV audits of MongoDB operations',
  description: ['Works on the CSV files that mongowatch writes.'],
  commands: [aggregate],
  files: [],
  environment: [
    ...COMMON_ENVIRONMENT,
    {
      name: 'TMPDIR',
      text: 'Where temporary files go, /tmp if not set: about a tenth of the input, and all of what comes through a pipe. Where /tmp is in memory, name a folder on a disk.',
    },
  ],
}
