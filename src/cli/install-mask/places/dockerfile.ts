import { resolve } from 'node:path'
import { packageVersion } from '../../../package.ts'
import { CommandError } from '../../problem.ts'
import { appendBlock, lineEndOf, removeBlocks } from '../marked-block.ts'
import type { Place, Request } from '../place.ts'
import { refuseCharacters } from '../preload.ts'
import { shellWord } from '../shell-word.ts'
import { SYSTEM_STUB } from '../surroundings.ts'
import { besideMark } from './byte-order-mark.ts'
import {
  escapeOf,
  lastStage,
  readInstructions,
} from './dockerfile-instructions.ts'
import { lacksNpm } from './dockerfile-node.ts'

/** The last stage of a Dockerfile. */
export const DOCKERFILE: Place = besideMark({
  name: 'dockerfile',
  title: 'an image: ENV in a Dockerfile',
  argument: { name: 'FILE', usual: 'Dockerfile' },
  reach: 'image',
  file: ({ cwd }, argument) => resolve(cwd, argument),
  install: (text, request) => {
    refuseCharacters(request, /[$`\\]/, 'A Dockerfile')
    if (text === undefined) throw new CommandError('there is no such file')
    const style = { comment: '#', lineEnd: lineEndOf(text) }
    return appendBlock(text, lines(text, request), style)
  },
  uninstall: text => removeBlocks(text, '#'),
  obstacle: lacksNpm,
  note: () => 'Build the image again.',
})

/** Puts package and stub into the image, then ENV; what was set stays. */
function lines(text: string, { preload, stub }: Request): string[] {
  const user = lastUser(text)
  const option = preload.replaceAll('"', `${escapeOf(text)}"`)
  const where = stub === SYSTEM_STUB ? '' : ` --stub ${shellWord(stub)}`
  const install = `RUN npm install --global mongowatch@${packageVersion()} && mongowatch-install-mask --install stub --yes${where}`
  return [
    ...(user === undefined
      ? [install]
      : ['USER root', install, `USER ${user}`]),
    `ENV NODE_OPTIONS="\${NODE_OPTIONS:+$NODE_OPTIONS }${option}"`,
  ]
}

/** The user of the last stage, if it is not root. */
function lastUser(text: string): string | undefined {
  const stage = lastStage(readInstructions(text))
  if (!stage) throw new CommandError('it has no FROM: it is no Dockerfile')
  const user = stage.findLast(({ name }) => name === 'USER')?.rest
  return user === undefined || /^(root|0)(:|$)/.test(user) ? undefined : user
}
