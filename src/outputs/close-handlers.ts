import { warn } from '../warn.ts'
import { createDropRecord } from './drop-record.ts'
import type { Handler } from './handler.ts'
import type { HandlerStats } from './handler-counts.ts'
import type { Router } from './router.ts'

/** Lets held iterations go and writes what can be written now. */
export function flushHandlers(handlers: Iterable<Handler>): void {
  for (const handler of handlers) attempt(handler, () => handler.flush())
}

/** What each handler received, wrote and lost, for `$stop`. */
export function handlerStats(
  counted: ReadonlyMap<string, { readonly stats: HandlerStats }>,
): Record<string, HandlerStats> {
  const stats = Object.create(null)
  for (const [name, counts] of counted) stats[name] = counts.stats
  return stats
}

/** How long the end of a process may take for slow receivers. */
export const EXIT_PATIENCE_MS = 5_000

/**
 * Ends every handler: at exit, where slow receivers get a moment, or after a
 * reload, with patience 0. What one of them could not write is said on
 * stderr, and to the others as a `$drop` record.
 */
export function closeHandlers(
  handlers: ReadonlyMap<string, Handler>,
  router: Router,
  patienceMs = EXIT_PATIENCE_MS,
): void {
  const all = [...handlers.values()]
  for (const handler of all) attempt(handler, () => handler.drain())
  const failing = all.filter(
    ({ destination: { pending, tally } }) =>
      pending > 0 || tally.unreported !== undefined,
  )
  for (const handler of failing) {
    attempt(handler, () => handler.close(patienceMs))
    report(handler, router)
  }
  for (const handler of all) attempt(handler, () => handler.close(patienceMs))
}

function report({ name, destination }: Handler, router: Router): void {
  const loss = destination.tally.unreported
  if (loss === undefined) return
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
