import type { MongoClient } from 'mongodb'
import { createOutputs } from '../../src/config/create-outputs.ts'
import { settingsFrom } from '../../src/config/load-settings.ts'
import { createWatchContext } from '../../src/watchers/watch-context.ts'
import { WatchDriver } from '../../src/watchers/watch-driver.ts'
import { loadCopy } from '../operations/drivers.ts'
import { patch } from '../operations/mongowatch.ts'

/** A client of a driver that is watched, or bare if no file is named. */
export function createWatched(
  root: string,
  uri: string,
  filename: string,
): { client: MongoClient; flush: () => void } {
  const driver = loadCopy(root)
  const client = new driver.MongoClient(uri)
  if (filename === '') return { client, flush: () => {} }
  const handlers = { audit: { class: 'file', filename } }
  const outputs = createOutputs(settingsFrom({ version: 1, handlers }))
  const context = createWatchContext(outputs.router.emit, outputs.rules)
  patch(new WatchDriver(context, root), driver, root)
  return {
    client,
    flush: () => {
      for (const handler of outputs.handlers.values()) handler.flush()
    },
  }
}
