import type { Command } from '../command.ts'

/** `mongowatch convert-config`. */
export const convertConfig: Command = {
  name: 'convert-config',
  summary: "turn pymongowatch's configuration into mongowatch's",
  description: [
    "Prints a configuration of pymongowatch in mongowatch's own form, with comments where something had to change. mongowatch reads the original too, with the same effect.",
    'What has no counterpart, such as Python code, is said on stderr with its place, and the exit code is 1; the rest is printed.',
  ],
  options: {},
  args: [
    {
      name: 'FILE',
      help: "pymongowatch's YAML file; - or none is standard input.",
      optional: true,
      complete: 'file',
    },
  ],
  examples: [
    {
      line: 'mongowatch convert-config pymongowatch.yaml > mongowatch.yaml',
      text: 'Then: mongowatch check-config mongowatch.yaml',
    },
  ],
  load: () => import('../convert-config/run.ts'),
}
