import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createOutputs } from '../../dist/config/create-outputs.js'
import { settingsFrom } from '../../dist/config/load-settings.js'
import { createWatchContext } from '../../dist/watchers/watch-context.js'
import { WatchDriver } from '../../dist/watchers/watch-driver.js'
import type { Connect, Contestant } from './contestant.ts'
import { type Driver, loadCopy } from './drivers.ts'

/** What a configuration says beside the file handler that all of them have. */
interface Configured {
  readonly handler?: object
  readonly filters?: object
  readonly more?: object
  readonly watchers?: object
  readonly loggers?: object
}

const REDACT = {
  rules: [
    { keys: ['password', 'token'], action: 'mask' },
    { detect: ['email', 'card'], action: 'type' },
  ],
}

/** Every configuration that is measured, by the name of its contestant. */
const CONFIGURATIONS: Readonly<Record<string, Configured>> = {
  off: { watchers: { global: { enabled: false } } },
  'level off': { loggers: { mongowatch: { level: 'off' } } },
  on: {},
  written: { handler: { guarantee: 'written' } },
  write_ahead: { handler: { guarantee: 'write_ahead' } },
  redact: { filters: { r: { redact: REDACT } } },
  when: { filters: { w: { when: 'Duration >= 0.0 || Outcome == "failure"' } } },
  '3 handlers': { more: { second: {}, third: {} } },
}

/** Microseconds of CPU that a contestant may add to an operation. */
export const TARGETS_US: Readonly<Record<string, number>> = {
  off: 0.3,
  'level off': 0.3,
  on: 4,
  written: 8,
  write_ahead: 14,
}

/** The names of all contestants that are mongowatch. */
export const MONGOWATCH = Object.keys(CONFIGURATIONS)

/**
 * Mongowatch in all its configurations, on one copy of the driver: which one
 * is in force is switched between the blocks, as `Mongowatch.configure` does.
 */
export async function watchedContestants(
  root: string,
  uri: string,
  folder: string,
  connect: Connect,
): Promise<Contestant[]> {
  const driver = loadCopy(root)
  const all = Object.entries(CONFIGURATIONS).map(([name, configured]) => {
    const outputs = createOutputs(settingsOf(name, configured, folder))
    return { name, outputs }
  })
  let [inForce] = all.map(({ outputs }) => outputs)
  if (inForce === undefined) throw new Error('nothing is configured')
  const context = createWatchContext(
    (record, phase) => inForce?.emit(record, phase),
    inForce.rules,
  )
  const watch = new WatchDriver(context, root)
  patch(watch, driver, root)
  const client = await connect(new driver.MongoClient(uri))
  return all.map(({ name, outputs }) => ({
    name,
    client,
    enter: () => {
      inForce = outputs
      context.rules = outputs.rules
      watch.configure()
    },
    leave: () => {
      for (const handler of outputs.handlers.values()) handler.flush()
    },
  }))
}

/** The file into which a contestant's handler writes. */
export function auditFile(folder: string, name: string): string {
  return join(folder, `${name} audit.jsonl`)
}

function settingsOf(
  name: string,
  { handler, filters = {}, more = {}, ...rest }: Configured,
  folder: string,
) {
  const file = (id: string) => ({
    class: 'file',
    filename: join(folder, `${name} ${id}.jsonl`),
    filters: Object.keys(filters),
    ...handler,
  })
  const ids = ['audit', ...Object.keys(more)]
  const handlers = Object.fromEntries(ids.map(id => [id, file(id)]))
  const loaded = settingsFrom({ version: 1, filters, handlers, ...rest })
  if (loaded.problems.length === 0) return loaded
  throw new Error(`${name}: ${loaded.problems.map(p => p.message).join()}`)
}

/** Replaces the methods of a loaded copy, as the hook does. */
export function patch(watch: WatchDriver, driver: Driver, root: string): void {
  for (const name of Object.keys(driver)) watch.found(name, driver)
  const require = createRequire(join(root, 'package.json'))
  const file = join(root, 'lib/operations/execute_operation.js')
  watch.found('executeOperation', require(file))
}
