import { existsSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { bashCompletion } from '../../../src/cli/completion/bash.ts'
import { PROGRAMS } from '../../../src/cli/programs.ts'
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

/** What a real bash makes of a line after which Tab is pressed. */
async function tab(
  cwd: string,
  line: string,
  breaks = ' :',
): Promise<string[]> {
  const words = line.replaceAll(':', ' : ').split(/ +/)
  const script = `${bashCompletion(PROGRAMS['mongowatch-install-mask'])}
COMP_WORDBREAKS='${breaks}'; COMP_LINE=$1; COMP_POINT=\${#1}; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _mongowatch_install_mask
printf '%s\\n' "\${COMPREPLY[@]}"`
  const args = ['-c', script, 'bash', line, ...words]
  const { stdout, stderr } = await runFile('bash', args, { cwd })
  if (stderr !== '') throw new Error(stderr)
  return stdout.split('\n').filter(Boolean).sort()
}

t.test('what stands behind a colon', async t => {
  const scripts = {
    start: 'x',
    'start:dev': 'x',
    stop: 'x',
    '$(touch bad)': '',
  }
  const dir = t.testdir({
    'package.json': JSON.stringify({ scripts }),
    'shop.env': '',
    'my shop.env': '',
  })
  const command = 'mongowatch-install-mask --install '
  t.same(await tab(dir, `${command}npm:st`), ['start', 'start:dev', 'stop'])
  t.same(await tab(dir, `${command}npm:start:`), ['dev'])
  t.same(await tab(dir, `${command}npm:sto`, ' '), ['npm:stop'])
  t.same(await tab(dir, `${command}env:sh`), ['shop.env'])
  t.same(await tab(dir, `${command}env:m`), ['my shop.env'])
  t.same(await tab(dir, `${command}systemd:`), [])
  t.ok((await tab(dir, `${command}npm:`)).includes('$(touch bad)'))
  t.notOk(existsSync(join(dir, 'bad')))
  t.same(await tab(t.testdir({}), `${command}npm:`), [], 'no package.json')
})
