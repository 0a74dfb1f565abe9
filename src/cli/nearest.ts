import { nearestName } from '../config/nearest.ts'

/** The known name that a mistyped or cut name was meant to be, if any. */
export function nearest(
  name: string,
  known: readonly string[],
): string | undefined {
  if (name === '') return undefined
  const longer = known.find(each => each.startsWith(name))
  return longer ?? nearestName(name, known)
}
