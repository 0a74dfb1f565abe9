import type { Note } from '../command.ts'
import type { Io } from '../io.ts'
import { columns } from '../text-layout.ts'
import { isWritable } from './files.ts'
import { installedTargets, isInstalled } from './inventory.ts'
import type { Surroundings } from './place.ts'
import { PLACES } from './places.ts'
import { createTarget } from './target.ts'

/** What is installed now, and what NODE_OPTIONS says here. */
export function statusText(where: Surroundings): string {
  const targets = installedTargets(where)
  const lines = targets.map(({ text, file }) => ({ name: text, text: file }))
  const here = where.env.NODE_OPTIONS
  return [
    targets.length === 0 ? 'The mask is not installed.' : 'Installed:',
    ...columns(lines, Number.POSITIVE_INFINITY),
    here ? `NODE_OPTIONS here: ${here}` : 'NODE_OPTIONS is not set here.',
    '',
  ].join('\n')
}

/** Every target, its file and whether it can be written. */
export function targetsText(where: Surroundings, io: Io): string {
  const notes = PLACES.map((place): Note => {
    const name = targetForm(place)
    if (place.argument !== undefined && place.argument.usual === undefined) {
      return { name, text: place.title }
    }
    const target = createTarget(place, undefined, where)
    const state = [
      target.file,
      ...(isInstalled(target) ? ['installed'] : []),
      isWritable(target.file) ? 'writable' : 'needs sudo',
    ]
    return { name, text: `${place.title} [${state.join(', ')}]` }
  })
  const width = io.stdout.columns ?? 120
  return `${columns(notes, width).join('\n')}\n`
}

/** `env[:FILE]`, `systemd:UNIT`. */
export function targetForm({
  name,
  argument,
}: (typeof PLACES)[number]): string {
  if (argument === undefined) return name
  const form = `:${argument.name}`
  return argument.usual === undefined ? name + form : `${name}[${form}]`
}
