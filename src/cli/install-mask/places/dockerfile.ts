import { resolve } from 'node:path'
import { version } from '../../version.ts'
import { appendBlock, lineEndOf, removeBlocks } from '../marked-block.ts'
import type { Place, Request } from '../place.ts'
import { refuseCharacters } from '../preload.ts'
import { besideMark } from './byte-order-mark.ts'

/** The last stage of a Dockerfile. */
export const DOCKERFILE: Place = besideMark({
  name: 'dockerfile',
  title: 'an image: ENV in a Dockerfile',
  argument: { name: 'FILE', usual: 'Dockerfile' },
  reach: 'image',
  file: ({ cwd }, argument) => resolve(cwd, argument),
  install: (text, request) => {
    refuseCharacters(request, /[$`\\]/, 'A Dockerfile')
    const lineEnd = lineEndOf(text ?? '')
    return appendBlock(text, lines(text ?? '', request), {
      comment: '#',
      lineEnd,
    })
  },
  uninstall: text => removeBlocks(text, '#'),
  note: () => 'Build the image again.',
})

/** Puts package and stub into the image, then ENV; what was set stays. */
function lines(text: string, { preload }: Request): string[] {
  const user = lastUser(text)
  const option = preload.replaceAll('"', '\\"')
  const install = `RUN npm install --global mongowatch@${version()} && mongowatch-install-mask --install stub --yes`
  return [
    ...(user === undefined
      ? [install]
      : ['USER root', install, `USER ${user}`]),
    `ENV NODE_OPTIONS="\${NODE_OPTIONS:+$NODE_OPTIONS }${option}"`,
  ]
}

/** The user of the last stage, if it is not root. */
function lastUser(text: string): string | undefined {
  const stage = text.split(/^\s*FROM\s/im).at(-1) ?? ''
  const user = [...stage.matchAll(/^\s*USER\s+(\S+)/gim)].at(-1)?.[1]
  return user === undefined || /^(root|0)(:|$)/.test(user) ? undefined : user
}
