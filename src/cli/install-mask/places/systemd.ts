import { join } from 'node:path'
import { CommandError } from '../../problem.ts'
import { appendBlock, removeBlocks } from '../marked-block.ts'
import type { Place, Request } from '../place.ts'
import { addOption } from '../preload.ts'
import { shellWord } from '../shell-word.ts'
import { environmentFiles } from './systemd-files.ts'
import { escapeWord, readSettings, splitWords } from './systemd-syntax.ts'
import { DROP_IN, unitName, unitTexts } from './systemd-unit.ts'

const NAME = 'NODE_OPTIONS='

/** A drop-in of a service. */
export const SYSTEMD: Place = {
  name: 'systemd',
  title: 'one service: a drop-in of its unit',
  argument: { name: 'UNIT' },
  reach: 'system',
  file: ({ root }, unit) =>
    join(root, '/etc/systemd/system', `${unitName(unit)}.d`, DROP_IN),
  install: (text, request) =>
    appendBlock(text, ['[Service]', `Environment="${assignment(request)}"`], {
      comment: '#',
    }),
  uninstall: text => removeBlocks(text, '#'),
  afterwards: true,
  note: unit =>
    `Then: systemctl daemon-reload && systemctl restart ${shellWord(unitName(unit))}`,
}

/** Environment= replaces what the unit says, so that is said again. */
function assignment({ argument, preload, where }: Request): string {
  const unit = unitName(argument)
  const settings = unitTexts(where, unit).flatMap(readSettings)
  const [file] = environmentFiles(settings, unit, where)
  if (file !== undefined) {
    throw new CommandError(
      `the unit takes NODE_OPTIONS from ${file}, which wins over a drop-in; use --install ${shellWord(`env:${file}`)}`,
    )
  }
  let value = ''
  for (const { name, value: text } of settings) {
    const words = splitWords(text)
    if (name === 'Environment') value = text === '' ? '' : last(words, value)
    if (name === 'UnsetEnvironment' && words.some(isOptions)) {
      throw new CommandError(
        'the unit takes NODE_OPTIONS away again (UnsetEnvironment=)',
      )
    }
  }
  // a specifier of the unit (%h) is one in the drop-in too
  const own = escapeWord(preload).replaceAll('%', '%%')
  return NAME + addOption(escapeWord(value), own)
}

function last(words: readonly string[], otherwise: string): string {
  const word = words.findLast(each => each.startsWith(NAME))
  return word === undefined ? otherwise : word.slice(NAME.length)
}

const isOptions = (word: string) => /^NODE_OPTIONS(=|$)/.test(word)
