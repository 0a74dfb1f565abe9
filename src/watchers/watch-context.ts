import { hostname } from 'node:os'
import { threadId } from 'node:worker_threads'
import { type Clock, systemClock } from '../clock.ts'
import type { Emit } from '../record/emit.ts'
import { AuditRecord } from '../record/record.ts'
import { createWatchIds } from '../record/watch-id.ts'
import { Coverage } from './coverage.ts'
import { OpenOperations } from './open-operations.ts'
import type { WatcherName, WatcherRules } from './watcher-settings.ts'

/** What all watchers of this thread share. */
export interface WatchContext {
  /** `false` turns every watcher off with one look. */
  enabled: boolean
  emit: Emit
  rules: Readonly<Record<WatcherName, WatcherRules>>
  readonly clock: Clock
  readonly open: OpenOperations
  readonly coverage: Coverage
  readonly newId: (wall: number) => string
}

/** Makes the shared part; rules and `emit` may be replaced later. */
export function createWatchContext(
  emit: Emit,
  rules: Readonly<Record<WatcherName, WatcherRules>>,
  clock: Clock = systemClock,
): WatchContext {
  const open = new OpenOperations(clock)
  return {
    enabled: true,
    emit,
    rules,
    clock,
    open,
    coverage: new Coverage(),
    newId: createWatchIds(),
  }
}

/** Hands the first iteration over, if anybody takes it: {@link Emit}. */
export function emitFirst(
  context: WatchContext,
  rules: WatcherRules,
  record: AuditRecord,
): Error | undefined {
  return rules.emitsFirst === false ? undefined : context.emit(record, 'first')
}

const HOST = hostname()

/** A record that begins now, with what is the same for the whole thread. */
export function beginRecord(
  context: WatchContext,
  logger: string,
  operation: string,
  driver: string | undefined,
): AuditRecord {
  const wall = context.clock.wall()
  const record = new AuditRecord(
    logger,
    operation,
    context.newId(wall),
    new Date(wall),
  )
  record.Driver = driver
  record.Host = HOST
  record.PID = process.pid
  record.Thread = threadId
  return record
}
