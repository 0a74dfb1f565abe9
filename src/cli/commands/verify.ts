import type { Command } from '../command.ts'

/** `mongowatch verify`. */
export const verify: Command = {
  name: 'verify',
  summary: 'check that an audit file is what was written',
  description: [
    'Reads files that a handler with integrity: chain or integrity: hmac wrote, in any order, plain or compressed, with the lines of many processes and threads among one another. Says "intact", or the first line that was edited, removed, reordered, inserted or truncated: its file, its line, who wrote it and its Seq.',
    'Give all files of a trail; - is the standard input, and pipes are read once. They may be written, rotated and compressed meanwhile: what looks wrong in files that change is read again. The oldest may follow one that is gone; any other that is missing, and not beside those given, is a fault. Notes after "intact" say what cannot be known: a piece of a line that a killed writer left, and writers without an end, whose last lines somebody may have cut off.',
    'Exit code 0: intact. 1: broken. 2: wrong usage, or a file that cannot be read.',
  ],
  options: {
    'key-file': {
      short: 'k',
      value: 'FILE',
      complete: 'file',
      help: 'The file with the key of integrity: hmac.',
    },
    'key-env': {
      value: 'NAME',
      help: 'The environment variable with the key of integrity: hmac.',
    },
    quiet: { short: 'q', help: 'Say nothing when it is intact.' },
  },
  args: [
    {
      name: 'FILE',
      help: 'The files of one trail.',
      multiple: true,
      complete: 'file',
    },
  ],
  examples: [
    {
      line: 'mongowatch verify /var/log/mongowatch/audit.jsonl*',
      text: 'The file and those that were rotated.',
    },
    {
      line: 'mongowatch verify -k /etc/mongowatch/integrity.key audit.jsonl*',
      text: 'With the key.',
    },
  ],
  load: () => import('../verify/run.ts'),
}
