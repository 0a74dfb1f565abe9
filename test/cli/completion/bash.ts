import t from 'tap'
import { bashCompletion } from '../../../src/cli/completion/bash.ts'
import { runFile } from '../../fixtures/command-line.ts'
import { TREE } from '../../fixtures/program.ts'

/** Asks a real bash what it would offer; the last word is being typed. */
async function offers(cwd: string, ...words: string[]): Promise<string[]> {
  const script = `${bashCompletion(TREE)}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _tree; printf '%s\\n' "\${COMPREPLY[@]}"`
  const args = ['-c', script, 'bash', 'tree', ...words]
  const { code, stdout, stderr } = await runFile('bash', args, { cwd })
  if (code !== 0 || stderr !== '') throw new Error(stderr)
  return stdout
    .split('\n')
    .filter(line => line !== '')
    .sort()
}

t.test('bash completes commands, options, values and files', async t => {
  const dir = t.testdir({ 'a b.csv': '', folder: {} })
  t.same(await offers(dir, ''), ['--help', '--version', 'chop', 'cut', 'grow'])
  t.same(await offers(dir, 'g'), ['grow'])
  t.same(await offers(dir, 'grow', '--s'), ['--speed'])
  t.same(await offers(dir, 'grow', '--speed', ''), ['fast', 'slow'])
  t.same(await offers(dir, 'grow', '-s', 'f'), ['fast'])
  t.same(await offers(dir, 'grow', ''), [
    '--help',
    '--output',
    '--speed',
    '--version',
    'apple',
    'pear',
  ])
  t.same(await offers(dir, 'chop', 'a'), ['a b.csv'])
  t.same(await offers(dir, 'cut', 'a'), ['a b.csv'])
  t.same(await offers(dir, 'grow', '--output', ''), ['folder'])
  t.same(await offers(dir, 'cut', '--length', ''), [])
})
