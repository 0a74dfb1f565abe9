import type { Command } from '../command.ts'

/** `mongowatch tail`. */
export const tail: Command = {
  name: 'tail',
  summary: 'show the end of an audit file, and follow it',
  description: [
    'Shows the last records of a file of JSON lines, one line each: time (UTC), call, duration, result, and what was asked. Other lines are shown as they are. Characters that a terminal would obey are replaced.',
    'With --follow it goes on with the records that come, also when the file is rotated, cut or not there yet.',
  ],
  options: {
    follow: { short: 'f', help: 'Go on with what comes, until Ctrl-C.' },
    lines: {
      short: 'n',
      value: 'N',
      minimum: 0,
      help: 'How many records to begin with; 10 if not said.',
    },
    match: {
      short: 'm',
      value: 'QUERY',
      help: "Only records that match a MongoDB query on their fields, in JSON or YAML: '{Collection: orders, Duration: {$gt: 0.1}}'. Lines that are no JSON never match.",
    },
    json: { help: 'Print the lines as they stand in the file.' },
  },
  args: [
    {
      name: 'FILE',
      help: 'Files to read; without any, those that the configuration here writes.',
      optional: true,
      multiple: true,
      complete: 'file',
    },
  ],
  examples: [
    {
      line: 'mongowatch tail -f /var/log/mongowatch/audit.jsonl',
      text: 'Look on.',
    },
    {
      line: "mongowatch tail -n 100 --match '{Outcome: failure}' audit.jsonl",
      text: 'The last hundred failures.',
    },
    {
      line: "mongowatch tail -f --json -m '{Operation: deleteMany}' audit.jsonl | jq .Filter",
      text: 'Feed another program.',
    },
  ],
  load: () => import('../tail/run.ts'),
}
