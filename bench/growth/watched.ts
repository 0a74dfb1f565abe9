import type { MongoClient } from 'mongodb'
import { createOutputs } from '../../dist/config/create-outputs.js'
import { settingsFrom } from '../../dist/config/load-settings.js'
import { createWatchContext } from '../../dist/watchers/watch-context.js'
import { WatchDriver } from '../../dist/watchers/watch-driver.js'
import { loadCopy } from '../operations/drivers.ts'
import { patch } from '../operations/mongowatch.ts'

/** Clients of a driver that is watched, or bare if no file is named. */
export function createWatched(
  root: string,
  uris: readonly string[],
  filename: string,
): { clients: MongoClient[]; flush: () => void } {
  const driver = loadCopy(root)
  const clients = uris.map(uri => new driver.MongoClient(uri))
  if (filename === '') return { clients, flush: () => {} }
  const handlers = { audit: { class: 'file', filename } }
  const outputs = createOutputs(settingsFrom({ version: 1, handlers }))
  const context = createWatchContext(outputs.router.emit, outputs.rules)
  patch(new WatchDriver(context, root), driver, root)
  return {
    clients,
    flush: () => {
      for (const handler of outputs.handlers.values()) handler.flush()
    },
  }
}
