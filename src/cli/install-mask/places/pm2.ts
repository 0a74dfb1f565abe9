import { resolve } from 'node:path'
import { CommandError } from '../../problem.ts'
import { appendBlock, lineEndOf, removeBlocks } from '../marked-block.ts'
import type { Place, Request } from '../place.ts'

/** A pm2 ecosystem file in JavaScript. */
export const PM2: Place = {
  name: 'pm2',
  title: 'programs that pm2 starts: its ecosystem file',
  argument: { name: 'FILE', usual: 'ecosystem.config.js' },
  reach: 'user',
  file: ({ cwd }, argument) => resolve(cwd, argument),
  install: (text, request) => {
    if (text === undefined || !/\bmodule\s*\.\s*exports\b/.test(text)) {
      throw new CommandError(
        'it is no ecosystem file in JavaScript: it has no module.exports',
      )
    }
    return appendBlock(text, lines(request), {
      comment: '//',
      lineEnd: lineEndOf(text),
    })
  },
  uninstall: text => removeBlocks(text, '//'),
  note: file => `Then: pm2 startOrReload ${file} --update-env`,
}

/** Adds to what is set for every environment, or to what pm2 inherits. */
function lines({ preload }: Request): string[] {
  return [
    'for (const app of [].concat(module.exports.apps || module.exports)) {',
    "  const names = Object.keys(app).filter(name => /^env_/.test(name) && 'NODE_OPTIONS' in app[name])",
    "  for (const name of ['env', ...names]) {",
    '    const before = (app[name] || {}).NODE_OPTIONS || process.env.NODE_OPTIONS',
    `    const option = ${JSON.stringify(preload)}`,
    '    const value = before ? `${before} ${option}` : option',
    '    if (!String(before).includes(option)) app[name] = { ...app[name], NODE_OPTIONS: value }',
    '  }',
    '}',
  ]
}
