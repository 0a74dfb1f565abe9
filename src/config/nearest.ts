/** More names are not looked at: a wrong file must not take time. */
const MOST = 100

/**
 * The known name that a mistyped one most likely means: equal but for case
 * and separators, or a few edits away.
 */
export function nearestName(
  name: string,
  known: Iterable<string>,
): string | undefined {
  if (name.length > 64) return undefined
  const wanted = plain(name)
  let best: string | undefined
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1
  let seen = 0
  for (const candidate of known) {
    if (++seen > MOST) break
    const distance = editDistance(wanted, plain(candidate), bestDistance)
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best ?? shortOrLong(wanted, known)
}

/** Shorter names stand for too many others. */
const SHORTEST = 4

/**
 * `Oper` for Operation, `one_if_nul` for one_if_not_null, `CollectionName` for
 * Collection: most of its letters in their order, or all and more.
 */
function shortOrLong(
  wanted: string,
  known: Iterable<string>,
): string | undefined {
  if (wanted.length < SHORTEST) return undefined
  let best: string | undefined
  let seen = 0
  for (const candidate of known) {
    if (++seen > MOST) break
    const name = plain(candidate)
    const fits =
      name.startsWith(wanted) ||
      (name.length >= SHORTEST && wanted.startsWith(name)) ||
      (wanted.length * 3 >= name.length * 2 && isWithin(wanted, name))
    if (fits && name.length < plain(best ?? 'x'.repeat(99)).length)
      best = candidate
  }
  return best
}

function isWithin(letters: string, name: string): boolean {
  let from = 0
  for (const letter of letters) {
    from = name.indexOf(letter, from) + 1
    if (from === 0) return false
  }
  return true
}

/** Nobody reads more of them. */
export const MOST_SUGGESTIONS = 100

/**
 * The same while there are not many problems yet: a wrong file must not take
 * time. What was written is no suggestion, it was wrong for another reason.
 */
export function suggestName(
  problems: { readonly length: number },
  name: string,
  known: Iterable<string>,
): string | undefined {
  if (problems.length >= MOST_SUGGESTIONS) return undefined
  const nearest = nearestName(name, known)
  return nearest === name ? undefined : nearest
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[_\-. ]/g, '')
}

/** Insertions, removals, changes and swaps of neighbours; stops at `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let before: readonly number[] = []
  let last: readonly number[] = Array.from(`${b} `, (_, column) => column)
  for (let i = 1; i <= a.length; i++) {
    const row: number[] = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1
      const swap = isSwap(a, b, i, j) ? (before[j - 2] ?? 0) + 1 : Infinity
      const remove = (last[j] ?? 0) + 1
      const insert = (row[j - 1] ?? 0) + 1
      row.push(Math.min(swap, remove, insert, (last[j - 1] ?? 0) + change))
    }
    before = last
    last = row
  }
  return last[b.length] ?? limit
}

function isSwap(a: string, b: string, i: number, j: number): boolean {
  return i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
}
