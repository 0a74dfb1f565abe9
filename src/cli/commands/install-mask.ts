import type { Command } from '../command.ts'

/** `mongowatch-install-mask`. */
export const installMask: Command = {
  name: 'mongowatch-install-mask',
  summary: 'decide which Node programs mongowatch watches',
  description: [
    'mongowatch watches a program when NODE_OPTIONS tells Node to load it first. This command writes NODE_OPTIONS where it is wanted, adds to what is there already, and takes it away again so that every file is as it was, byte for byte.',
    'Without options it shows a menu; where there is no terminal it says what is installed. Every change is shown and asked for.',
    'NODE_OPTIONS does not name the package but a small file that outlives it (the stub): when mongowatch is removed, every program starts as before. --uninstall leaves it while a running program has it in its environment, or while a file in which it was written cannot be read or found again; --uninstall stub takes it then. Set it for one service or shell rather than for all users: it reaches every Node program there, npm included.',
  ],
  options: {
    install: { short: 'i', help: 'Install the mask into each TARGET.' },
    uninstall: {
      short: 'u',
      help: 'Uninstall it from each TARGET; without any, from everywhere it is known to be.',
    },
    'available-targets': { help: 'List the targets and their files.' },
    status: { help: 'Say what is installed.' },
    print: {
      help: 'Print the option to set by hand: NODE_OPTIONS="$(mongowatch-install-mask --print)" node app.js',
    },
    'dry-run': {
      short: 'n',
      help: 'Show what would change and change nothing.',
    },
    yes: { short: 'y', help: 'Do not ask.' },
    require: {
      help: 'Use --require, the default: it works for CommonJS and ES modules and changes least.',
    },
    import: {
      help: 'Use --import: needs Node 20 or later, and Node then loads every program with its loader for ES modules.',
    },
    systemd: {
      value: 'UNIT',
      help: 'The same as the target systemd:UNIT.',
    },
    service: {
      value: 'NAME',
      multiple: true,
      help: 'With --install: change this service of a compose file or container of a manifest; others keep what they have.',
    },
    image: {
      value: 'IMAGE',
      help: 'For a manifest: an image that has mongowatch. An init container copies it from there, and the other images need nothing.',
    },
    stub: {
      value: 'FILE',
      complete: 'file',
      help: 'Where the stub is or goes: /var/lib/mongowatch/register.cjs for root, ~/.local/share/mongowatch/register.cjs for others.',
    },
    root: {
      value: 'DIR',
      complete: 'directory',
      help: 'Take every system path and the home folder below DIR, as for an image that is mounted there.',
    },
  },
  args: [
    {
      name: 'TARGET',
      help: 'bash, profile, zsh, fish, profile.d, environment, env:FILE, systemd:UNIT, dockerfile:FILE, compose:FILE, kubernetes:FILE (printed, not applied), pm2:FILE, npm:SCRIPT, config (the sample configuration), stub (only the stub, for images).',
      optional: true,
      multiple: true,
      suggestions: [
        'bash',
        'profile',
        'zsh',
        'fish',
        'profile.d',
        'environment',
        'env',
        'systemd',
        'dockerfile',
        'compose',
        'kubernetes',
        'pm2',
        'npm',
        'config',
        'stub',
      ],
      afterColon: {
        env: 'file',
        dockerfile: 'file',
        compose: 'file',
        kubernetes: 'file',
        pm2: 'file',
        npm: 'npm script',
      },
    },
  ],
  examples: [
    {
      line: 'sudo mongowatch-install-mask --install systemd:shop.service',
      text: 'Watch one service, after the change was shown and confirmed.',
    },
    {
      line: 'mongowatch-install-mask --install env:/srv/shop/.env --dry-run',
      text: 'See what would be written.',
    },
    {
      line: 'mongowatch-install-mask --install kubernetes:shop.yaml | kubectl diff -f -',
      text: 'Look at a manifest with the mask.',
    },
    {
      line: 'mongowatch-install-mask --install kubernetes:shop.yaml --image example.org/mongowatch:1 | kubectl apply -f -',
      text: 'For images without mongowatch.',
    },
    {
      line: 'mongowatch-install-mask --uninstall --yes',
      text: 'Take it away everywhere.',
    },
  ],
  load: () => import('../install-mask/run.ts'),
}
