import { CommandError } from '../../problem.ts'
import { appendBlock, lineEndOf } from '../marked-block.ts'
import type { Request } from '../place.ts'

/** The ecosystem file in JavaScript, with a block at its end. */
export function addToScript(text: string, request: Request): string {
  if (!/\bmodule\s*\.\s*exports\b/.test(text)) {
    throw new CommandError(
      'it is no ecosystem file in JavaScript: it has no module.exports',
    )
  }
  const style = { comment: '//', lineEnd: lineEndOf(text) }
  return appendBlock(text, lines(request), style)
}

/** Adds to what is set for every environment, or to what pm2 inherits. */
function lines({ preload }: Request): string[] {
  return [
    'try {',
    '  for (const app of [].concat(module.exports.apps || module.exports)) {',
    "    const names = Object.keys(app).filter(name => /^env_/.test(name) && 'NODE_OPTIONS' in Object(app[name]))",
    "    for (const name of ['env', ...names]) {",
    '      const before = (app[name] || {}).NODE_OPTIONS || process.env.NODE_OPTIONS',
    `      const option = ${JSON.stringify(preload)}`,
    '      const value = before ? `${before} ${option}` : option',
    '      if (!String(before).includes(option)) app[name] = { ...app[name], NODE_OPTIONS: value }',
    '    }',
    '  }',
    '} catch (error) {',
    "  console.error('mongowatch: an app is not watched: ' + error.message)",
    '}',
  ]
}
