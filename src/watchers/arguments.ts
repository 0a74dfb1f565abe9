import { hideBoundSecrets } from '../record/bound-secrets.ts'
import type { SnapshotLimits } from '../record/limits.ts'
import { emptyDocument } from '../record/marks.ts'
import type { AuditRecord } from '../record/record.ts'
import { snapshot, snapshotPairs } from '../record/snapshot.ts'
import { snapshotCommand } from '../record/snapshot-command.ts'
import { peek, peekData, peekKeys } from './peek.ts'
import { addOptions, pickOptions } from './pick-options.ts'

/** Sets fields of a record from one argument. */
export type ArgumentReader = (
  record: AuditRecord,
  value: unknown,
  limits: SnapshotLimits,
) => void

/** Stands in `Update` for a whole document, which is not copied. */
export const REPLACEMENT = '<document>'

const toFilter: ArgumentReader = (record, value, limits) => {
  record.Filter = snapshot(value, limits)
}

const toUpdate: ArgumentReader = (record, value, limits) => {
  record.Update = snapshot(value, limits)
}

/** What is said of a key that is used or made; never the key itself. */
const KEY_OPTIONS = [
  'provider',
  'keyAltNames',
  'keyId',
  'keyAltName',
  'algorithm',
  'queryType',
  'contentionFactor',
]

/** Which field an argument goes to by its name; the others are not copied. */
export const ARGUMENTS: Readonly<Record<string, ArgumentReader>> = {
  filter: toFilter,
  pipeline: toFilter,
  keys: toFilter,
  name: toFilter,
  id: (record, value, limits) => addFilter(record, '_id', value, limits),
  filename: (record, value, limits) =>
    addFilter(record, 'filename', value, limits),
  newFilename: (record, value, limits) => {
    record.Update = { $set: { filename: snapshot(value, limits) } }
  },
  update: toUpdate,
  replacement: record => {
    record.Update = REPLACEMENT
  },
  command: (record, value, limits) => {
    record.Filter = snapshotCommand(value, limits)
  },
  keyAltName: (record, value, limits) =>
    addFilter(record, 'keyAltNames', value, limits),
  addedAltName: (record, value, limits) => {
    record.Update = { $addToSet: { keyAltNames: snapshot(value, limits) } }
  },
  removedAltName: (record, value, limits) => {
    record.Update = { $pull: { keyAltNames: snapshot(value, limits) } }
  },
  database: (record, value) => {
    const name = peek(value, 'databaseName')
    if (typeof name === 'string') record.DB = name
  },
  provider: (record, value, limits) => {
    addOptions(record, pickOptions([{ provider: value }], limits))
  },
  keyOptions: (record, value, limits) => {
    const shown = KEY_OPTIONS.map(name => [name, peekData(value, name)])
    addOptions(record, pickOptions([Object.fromEntries(shown)], limits))
  },
  // as the server's distinct command calls them; `filter` comes after `key`
  key: (record, value, limits) => {
    record.Filter = { key: snapshot(value, limits) }
  },
  query: (record, value, limits) => {
    addFilter(record, 'query', value, limits)
  },
  models: (record, value, limits) => {
    if (!Array.isArray(value)) return
    record.OperationCount = value.length
    record.Filter = modelFilters(value, limits)
  },
  operations: (record, value, limits) => {
    if (!Array.isArray(value)) return
    record.OperationCount = value.length
    record.Filter = bulkFilters(value, limits)
  },
  options: (record, value, limits) => {
    addOptions(record, pickOptions([value], limits))
    hideBoundSecrets(record)
  },
  verbosity: (record, value, limits) => {
    const options = typeof value === 'object' ? value : { verbosity: value }
    addOptions(record, pickOptions([options], limits))
  },
}

/** Puts a key beside those that earlier arguments gave. */
function addFilter(
  record: AuditRecord,
  key: string,
  value: unknown,
  limits: SnapshotLimits,
): void {
  record.Filter = Object.assign(emptyDocument(), record.Filter, {
    [key]: snapshot(value, limits),
  })
}

/** The same for `MongoClient.bulkWrite`, whose models name their namespace. */
function modelFilters(
  models: readonly unknown[],
  limits: SnapshotLimits,
): unknown {
  const selectors = models.slice(0, limits.array + 1).map(model => ({
    [String(peekData(model, 'name'))]: {
      namespace: peekData(model, 'namespace'),
      filter: peekData(model, 'filter'),
    },
  }))
  return snapshot(selectors, limits)
}

/**
 * What each operation of a bulk write selects, as `{updateOne: filter}`;
 * documents to insert are counted, never copied.
 */
function bulkFilters(
  operations: readonly unknown[],
  limits: SnapshotLimits,
): unknown {
  const selectors: [string, unknown][] = []
  for (const operation of operations) {
    if (selectors.length > limits.array) break
    const selector = bulkSelector(operation)
    if (selector !== undefined) selectors.push(selector)
  }
  return selectors.length === 0 ? undefined : snapshotPairs(selectors, limits)
}

/** The method of an operation and the filter in it. */
function bulkSelector(operation: unknown): [string, unknown] | undefined {
  for (const name of peekKeys(operation)) {
    const body = peekData(operation, name)
    const selector = peekData(body, 'filter') ?? peekData(body, 'q')
    if (selector !== undefined) return [name, selector]
  }
  return undefined
}
