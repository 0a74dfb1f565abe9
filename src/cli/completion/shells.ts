import type { Program } from '../command.ts'
import { bashCompletion } from './bash.ts'
import { fishCompletion } from './fish.ts'
import { zshCompletion } from './zsh.ts'

interface Shell {
  /** What the file of a program is called where the shell looks for it. */
  readonly file: (program: string) => string
  readonly script: (program: Program) => string
}

/** The shells that have completions. */
export const SHELLS = {
  bash: { file: name => name, script: bashCompletion },
  zsh: { file: name => `_${name}`, script: zshCompletion },
  fish: { file: name => `${name}.fish`, script: fishCompletion },
} as const satisfies Readonly<Record<string, Shell>>
