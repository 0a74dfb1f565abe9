import { systemClock } from '../clock.ts'
import { warn } from '../warn.ts'
import { createDropRecord } from './drop-record.ts'
import type { Handler } from './handler.ts'
import type { HandlerStats } from './handler-counts.ts'
import { EXIT_PATIENCE_MS } from './patience.ts'
import type { Router } from './router.ts'

/** After that, for what others have lost, and for threads to end. */
const LAST_MS = 1_000
/** All who are waited for are looked after once in this time. */
const ROUND_MS = 50

/** Lets held iterations go and writes what can be written now. */
export function flushHandlers(handlers: Iterable<Handler>): void {
  for (const handler of handlers) attempt(handler, () => handler.flush())
}

/**
 * Handlers that `$stop` names. Each of them gets that record: without a bound
 * it would grow with the square of their number.
 */
const MOST_NAMED = 50

/**
 * What each handler received, wrote and lost, for `$stop`. Of more than it
 * names those with losses come first, and the others are added up.
 */
export function handlerStats(
  counted: ReadonlyMap<string, { readonly stats: HandlerStats }>,
): Record<string, HandlerStats> {
  const all = [...counted].map(([name, { stats }]) => ({ name, stats }))
  if (all.length > MOST_NAMED) all.sort((a, b) => b.stats.lost - a.stats.lost)
  const named: Record<string, HandlerStats> = Object.create(null)
  for (const { name, stats } of all.slice(0, MOST_NAMED)) named[name] = stats
  const others = all.slice(MOST_NAMED).map(({ stats }) => stats)
  if (others.length > 0) named[`(${others.length} others)`] = sumOf(others)
  return named
}

function sumOf(all: readonly HandlerStats[]): HandlerStats {
  const sum = (key: keyof HandlerStats) =>
    all.reduce((total, stats) => total + stats[key], 0)
  return {
    received: sum('received'),
    written: sum('written'),
    lost: sum('lost'),
  }
}

/**
 * Ends every handler at exit, where slow receivers get a moment, all of them
 * the same. What one of them could not write is said on stderr, and to the
 * others as a `$drop` record. `earlier` are those of configurations that were
 * replaced.
 */
export function closeHandlers(
  handlers: ReadonlyMap<string, Handler>,
  router: Router,
  earlier: readonly Handler[] = [],
): void {
  const all = [...handlers.values(), ...earlier]
  const end = systemClock.monotonic() + EXIT_PATIENCE_MS
  for (const handler of all) attempt(handler, () => handler.drain())
  waitFor(all, end)
  const failing = all.filter(({ destination: { pending, tally } }) => {
    return pending > 0 || tally.unreported !== undefined
  })
  giveUp(failing, router)
  const others = all.filter(handler => !failing.includes(handler))
  flushHandlers(others)
  waitFor(others, Math.max(end, systemClock.monotonic() + LAST_MS))
  giveUp(others, router)
  waitFor(all, systemClock.monotonic() + LAST_MS)
}

/** Ends handlers without waiting for anybody; says what that costs. */
export function giveUp(handlers: readonly Handler[], router: Router): void {
  for (const handler of handlers) attempt(handler, () => handler.close())
  for (const handler of handlers) report(handler, router)
}

/** They work side by side: each that hangs costs the others nothing. */
function waitFor(handlers: readonly Handler[], end: number): void {
  let waiting = handlers
  while (waiting.length > 0 && systemClock.monotonic() < end) {
    const milliseconds = ROUND_MS / waiting.length
    waiting = waiting.filter(handler => {
      let goesOn = false
      attempt(handler, () => {
        goesOn = handler.destination.finish?.(milliseconds) ?? false
      })
      return goesOn
    })
  }
}

function report({ name, destination }: Handler, router: Router): void {
  const loss = destination.tally.unreported
  if (loss === undefined) return
  destination.tally.reported(loss)
  router.emit(createDropRecord(name, loss), 'final')
  warn(
    'MONGOWATCH_DROP',
    `Handler ${name} lost ${loss.count} record${loss.count === 1 ? '' : 's'}: ${loss.reason}`,
  )
}

function attempt(handler: Handler, task: () => void): void {
  try {
    task()
  } catch (error) {
    warn('MONGOWATCH_HANDLER', `${handler.name}: ${String(error)}`)
  }
}
