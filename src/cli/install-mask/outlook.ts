import { isWritable } from './files.ts'
import { isInstalled } from './inventory.ts'
import type { Place } from './place.ts'
import { optionFor, planInstall } from './plan.ts'
import { isOfOnePlace } from './plan-uninstall.ts'
import { type Session, sessionFor } from './session.ts'
import { createTarget, type Target } from './target.ts'

/** What is said of a place before it is chosen. */
export interface Outlook {
  /** In a few words: is it there already, may it be written? */
  readonly state: string
  /** What would be written, and where. */
  readonly detail: string
}

/** Looks at a place; one that needs to be told more has no file yet. */
export function outlookOf(place: Place, session: Session): Outlook {
  const { argument } = place
  if (argument !== undefined && argument.usual === undefined) {
    const target = { place, argument: '', text: '', file: '' }
    const adds = optionText(target, session)
    return { state: '', detail: `Asks which ${argument.name}. ${adds}` }
  }
  const own = sessionFor({ place }, session)
  const target = createTarget(place, undefined, own.where)
  const { file } = target
  if (isInstalled(target)) {
    return { state: 'installed: choose to uninstall', detail: `In ${file}` }
  }
  return {
    state: isWritable(file) ? 'writable' : 'needs sudo',
    detail: `${file}: ${hindrance(target, own) ?? optionText(target, session)}`,
  }
}

/** Why nothing can be written there as it is. */
function hindrance(target: Target, session: Session): string | undefined {
  try {
    planInstall(target, session.wish, session.where)
    return undefined
  } catch (error) {
    if (!isOfOnePlace(error)) throw error
    const named = `${target.file}: `
    const { message } = error
    const text = message.startsWith(named)
      ? message.slice(named.length)
      : message
    return `cannot be written, as ${text}`
  }
}

const OTHERS: Readonly<Record<string, string>> = {
  config: 'The sample would be written.',
  stub: 'The stub would be written.',
}

function optionText(target: Target, session: Session): string {
  const own = sessionFor(target, session)
  const other = OTHERS[target.place.name]
  const option = optionFor(target, own.wish, own.where)
  return other ?? `Would add ${option} to NODE_OPTIONS.`
}
