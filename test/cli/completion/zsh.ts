import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { zshCompletion } from '../../../src/cli/completion/zsh.ts'
import { unlessInstalled } from '../../fixtures/has-program.ts'
import { TREE } from '../../fixtures/program.ts'
import { anyInTerminal } from '../../fixtures/terminal.ts'

/** Types a line with tabs into a real zsh and waits for texts in turn. */
async function types(cwd: string, line: string, ...texts: string[]) {
  writeFileSync(join(cwd, '_tree'), zshCompletion(TREE))
  const setup = `PS1='ready> '; autoload -Uz compinit; compinit -u -d ${cwd}/dump; source ./_tree; cd files\r`
  return anyInTerminal(
    ['zsh', '-f', '-i'],
    [
      ['send', setup],
      ['expect', 'ready> '],
      ['send', line],
      ...texts.map(text => ['expect', text] as const),
      ['send', '\u0015exit\r'], // Ctrl-U: forget the line
    ],
    { cwd, env: { HOME: cwd } },
  )
}

t.test('zsh', { skip: unlessInstalled('zsh') }, async t => {
  const dir = t.testdir({ files: { 'a b.csv': '', folder: {} } })
  await t.test('completes commands with what they do', async () => {
    await types(dir, 'tree g\t', 'tree grow ')
    await types(
      dir,
      'tree \t',
      'cut',
      '-- cut a tree',
      'grow',
      '-- grow a tree',
    )
  })
  await t.test('completes options and their values', async () => {
    await types(dir, 'tree grow --sp\t', '--speed')
    await types(dir, 'tree grow --\t', '--speed', "-- Don't hurry")
    await types(dir, 'tree grow -s f\t', '-s fast')
    await types(dir, 'tree cut --l\t', '--length')
  })
  await t.test('completes arguments, files and folders', async () => {
    await types(dir, 'tree grow ap\t', 'grow apple')
    await types(dir, 'tree chop a\t', 'a\\ b.csv')
    await types(dir, 'tree grow --output f\t', 'folder/')
  })
})
