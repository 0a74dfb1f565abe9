import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import t from 'tap'
import { commandsMarkdown } from '../../../src/cli/manual/markdown.ts'
import { PROGRAMS } from '../../../src/cli/programs.ts'
import { TREE } from '../../fixtures/program.ts'

t.test('docs/commands.md is what `npm run man` writes', async t => {
  const file = resolve(__dirname, '../../../docs/commands.md')
  t.equal(readFileSync(file, 'utf8'), commandsMarkdown(Object.values(PROGRAMS)))
})

t.test('every command, option and example is in it', async t => {
  const text = commandsMarkdown([TREE])
  for (const part of [
    '### tree cut',
    '`tree cut [options] TREE...`',
    '| `-l, --length N` | How [much]: in metres. |',
    "```sh\ntree cut '*.oak'\n```",
  ]) {
    t.ok(text.includes(part), part)
  }
})
