import { existsSync } from 'node:fs'
import { MongowatchError } from '../../errors.ts'
import type { ExitCode } from '../command.ts'
import { explain } from '../problem.ts'
import { askText, Cancelled } from './ask.ts'
import { installInto } from './install.ts'
import { installedTargets, isInstalled } from './inventory.ts'
import type { Choice } from './menu-text.ts'
import { outlookOf } from './outlook.ts'
import type { Place } from './place.ts'
import { CONFIG } from './places/sample-config.ts'
import { PLACES } from './places.ts'
import { printedOption } from './print.ts'
import { selectChoice } from './select.ts'
import type { Session } from './session.ts'
import { statusText } from './status.ts'
import { createTarget, type Target } from './target.ts'
import { uninstallFrom } from './uninstall.ts'

type Action = Place | 'print' | 'uninstall' | 'leave'

/** Asks until the user leaves; every change is shown and asked for. */
export async function runMenu(session: Session): Promise<ExitCode> {
  const { io, where } = session
  for (;;) {
    io.stdout.write(`\n${statusText(where)}\n`)
    const action = await selectChoice(
      'Where shall Node programs be watched?',
      choices(session),
    )
    if (action === 'leave') return 0
    try {
      await act(action, session)
    } catch (error) {
      if (error instanceof Cancelled) throw error
      if (!(error instanceof MongowatchError)) throw error
      io.stdout.write(`${explain(error)}\n`) // the menu is shown again
    }
  }
}

function choices(session: Session): Choice<Action>[] {
  const places = PLACES.map((place): Choice<Action> => {
    const { state, detail } = outlookOf(place, session)
    return {
      value: place,
      label: `${place.name}: ${place.title}`,
      hint: state,
      detail,
    }
  })
  const installed = installedTargets(session.where).length > 0
  return [
    ...places,
    { value: 'print', label: 'print what NODE_OPTIONS would be' },
    ...(installed
      ? [{ value: 'uninstall', label: 'uninstall from everywhere' } as const]
      : []),
    { value: 'leave', label: 'leave' },
  ]
}

async function act(action: Action, session: Session): Promise<void> {
  const { io, where, wish } = session
  if (action === 'leave') return
  if (action === 'print') {
    io.stdout.write(`NODE_OPTIONS='${printedOption(wish, where)}'\n`)
    return
  }
  if (action === 'uninstall') {
    await uninstallFrom(installedTargets(where), { isNamed: false }, session)
    return
  }
  const target = await chooseTarget(action, session)
  if (isInstalled(target) && !action.printed) {
    await uninstallFrom([target], { isNamed: true }, session)
    return
  }
  await installInto(target, session)
  await offerConfiguration(target, session)
}

async function chooseTarget(place: Place, { where }: Session): Promise<Target> {
  const { argument } = place
  if (argument === undefined) return createTarget(place, undefined, where)
  const said = await askText(`Which ${argument.name}?`, argument.usual)
  return createTarget(place, said, where)
}

/** Where there is no configuration yet, the sample is offered. */
async function offerConfiguration(
  { place }: Target,
  session: Session,
): Promise<void> {
  const sample = createTarget(CONFIG, undefined, session.where)
  if (place === CONFIG || existsSync(sample.file)) return
  session.io.stdout.write('\nThere is no configuration yet; the sample:\n')
  await installInto(sample, session)
}
