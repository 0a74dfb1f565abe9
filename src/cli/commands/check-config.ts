import type { Command } from '../command.ts'

/** `mongowatch check-config`. */
export const checkConfig: Command = {
  name: 'check-config',
  summary: 'find the mistakes of a configuration',
  description: [
    'Reads configuration files as a watched program would and says every mistake with file, line, column, what was expected and what came. A program itself says the same on stderr, uses what is right, and goes on.',
  ],
  options: {},
  args: [
    {
      name: 'FILE',
      help: 'Files to check together, the later over the earlier; - is standard input; without any, those that a program started here would read.',
      optional: true,
      multiple: true,
      complete: 'file',
    },
  ],
  examples: [
    {
      line: 'mongowatch check-config /etc/mongowatch.yaml',
      text: 'Before it is used.',
    },
    {
      line: 'helm template shop | yq .data.mongowatch | mongowatch check-config -',
      text: 'Before it is a file.',
    },
  ],
  load: () => import('../check-config/run.ts'),
}
