import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { branches } from '../../../src/cli/completion/branches.ts'
import { PROGRAMS } from '../../../src/cli/programs.ts'
import { runFile } from '../../fixtures/command-line.ts'
import { unlessInstalled } from '../../fixtures/has-program.ts'
import { ROOT } from '../../fixtures/run.ts'
import { anyInTerminal } from '../../fixtures/terminal.ts'

/** Every command of every program with its options, as one would type it. */
const COMMANDS = Object.values(PROGRAMS).flatMap(program =>
  branches(program).map(({ names, options }) => ({
    line: [program.name, ...names.slice(0, 1)].join(' '),
    options: options.map(([name]) => `--${name}`),
  })),
)

/** A folder for PATH where the commands are, as npm puts them. */
function installed(folder: string): string {
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  for (const name of Object.keys(PROGRAMS)) {
    symlinkSync(join(ROOT, `bin/${name}.js`), join(bin, name))
  }
  return `${bin}:${process.env.PATH}`
}

t.test('bash knows every command and option after one eval', async t => {
  const folder = t.testdir({})
  const script = `eval "$(mongowatch completion bash)"
    while read -r line; do
      COMP_WORDS=($line --) COMP_CWORD=$(($(wc -w <<<"$line")))
      rule=$(complete -p "\${COMP_WORDS[0]}"); rule=\${rule#complete -F }
      "\${rule%% *}"; echo "$line" "\${COMPREPLY[@]}"
    done`
  const { stdout, stderr } = await runFile('bash', ['-c', script], {
    cwd: folder,
    env: { PATH: installed(folder) },
    input: COMMANDS.map(({ line }) => `${line}\n`).join(''),
  })
  t.equal(stderr, '')
  t.same(
    stdout.trim().split('\n'),
    COMMANDS.map(({ line, options }) => [line, ...options].join(' ')),
  )
})

t.test('fish too', { skip: unlessInstalled('fish') }, async t => {
  const folder = t.testdir({})
  const script = `mongowatch completion fish | source
    while read line
      echo $line (complete -C "$line --" | string replace -r '\\t.*' '')
    end`
  const { stdout, stderr } = await runFile('fish', ['-c', script], {
    cwd: folder,
    env: { HOME: folder, PATH: installed(folder) },
    input: COMMANDS.map(({ line }) => `${line}\n`).join(''),
  })
  t.equal(stderr, '')
  t.same(
    stdout.trim().split('\n'),
    COMMANDS.map(({ line, options }) =>
      [line, ...options.toSorted()].join(' '),
    ),
  )
})

t.test('zsh too', { skip: unlessInstalled('zsh') }, async t => {
  const folder = t.testdir({})
  const setup = `PS1='ready> '; autoload -Uz compinit; compinit -u -d ${folder}/dump; eval "$(mongowatch completion zsh)"; setopt no_always_last_prompt\r`
  const questions = COMMANDS.flatMap(({ line, options }) => [
    ['send', `${line} --\t`] as const,
    // zsh shows them in this order
    ...options.toSorted().map(option => ['expect', option] as const),
    ['send', '\u0015'] as const, // Ctrl-U: forget the line
  ])
  const { code } = await anyInTerminal(
    ['zsh', '-f', '-i'],
    [['send', setup], ['expect', 'ready> '], ...questions, ['send', 'exit\r']],
    { cwd: folder, env: { HOME: folder, PATH: installed(folder) } },
  )
  t.equal(code, 0)
})
