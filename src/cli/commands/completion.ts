import type { Command } from '../command.ts'

/** `mongowatch completion SHELL`. */
export const completion: Command = {
  name: 'completion',
  summary: 'print the completion script of a shell',
  description: [
    'Prints a script that teaches the shell to complete the names, options and values of all mongowatch commands. A package of the distribution installs these scripts by itself.',
  ],
  options: {},
  args: [
    {
      name: 'SHELL',
      help: 'bash, zsh or fish.',
      choices: ['bash', 'zsh', 'fish'],
    },
  ],
  examples: [
    {
      line: 'eval "$(mongowatch completion bash)"',
      text: 'In ~/.bashrc: completes from the next shell on.',
    },
    {
      line: 'eval "$(mongowatch completion zsh)"',
      text: 'In ~/.zshrc, after compinit.',
    },
    {
      line: 'mongowatch completion fish | source',
      text: 'In ~/.config/fish/config.fish.',
    },
  ],
  load: () => import('../completion/run.ts'),
}
