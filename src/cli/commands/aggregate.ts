import type { Command } from '../command.ts'

/** `mongowatch-csv aggregate`. */
export const aggregate: Command = {
  name: 'aggregate',
  aliases: ['aggr'],
  summary: 'one row per operation: its newest iteration',
  description: [
    'Reads CSV files written by mongowatch or pymongowatch, or standard input, and writes one row for each WatchID: the one with the newest Iteration (the highest number, or final, or final(n)). Of two rows with the same Iteration the later one is taken.',
    'Operations come in the order in which they appear first. Rows are copied as they stand, byte for byte, unless --dialect asks for another form. The header is written once, also when it stands in the middle of the input.',
    'Memory does not grow with the input: an index of it, 32 bytes per row, goes to TMPDIR. Standard input is copied there too.',
    'Files may be written meanwhile: what they had when they were opened is read, and lines that are appended are left for another time. A file that is emptied and filled again, or moved while the files are opened, is an error.',
    'A row that cannot be read (a quote that is not closed, another number of columns than the header, an Iteration or WatchID that is none) is reported and left out, and the exit code is 1. With --in-place it is an error, and the file stays as it is.',
  ],
  options: {
    'in-place': {
      short: 'i',
      help: 'Replace each FILE by its own result, atomically. A file that is written to meanwhile is left as it is.',
    },
    output: {
      short: 'o',
      value: 'FILE',
      complete: 'file',
      help: 'Write there instead of to standard output; the file appears, or is replaced, when all is done.',
    },
    dialect: {
      short: 'd',
      value: 'DIALECT',
      choices: ['excel', 'excel-tab', 'unix'],
      help: "Write the rows anew in a dialect of Python's csv module: excel (comma, quotes where needed, CR LF), excel-tab (tab), unix (comma, quotes everywhere, LF); the input has the same delimiter. Without it the delimiter, comma or tab, is seen from the first line.",
    },
    'watch-id-column': {
      short: 'w',
      value: 'N',
      minimum: 1,
      help: 'Which column has the WatchID; without it the one the header names, else the first.',
    },
    'iteration-column': {
      short: 't',
      value: 'N',
      minimum: 1,
      help: 'Which column has the Iteration; without it the one the header names, else the second.',
    },
  },
  args: [
    {
      name: 'FILE',
      help: 'CSV files with the same columns; - or none is standard input.',
      optional: true,
      multiple: true,
      complete: 'file',
    },
  ],
  examples: [
    {
      line: 'mongowatch-csv aggregate audit.csv.1 audit.csv -o operations.csv',
      text: 'One table of a rotated file.',
    },
    {
      line: 'mongowatch-csv aggr -i audit.csv.1',
      text: 'Shrinks an old file where it is.',
    },
    {
      line: 'zcat audit.csv.2.gz | mongowatch-csv aggr | head',
      text: 'Reads from a pipe.',
    },
  ],
  load: () => import('../csv/run.ts'),
}
