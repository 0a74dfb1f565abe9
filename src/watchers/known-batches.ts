import { peek } from './peek.ts'

/** Where a builder has what it did not put into its list of batches yet. */
const CURRENT = [
  'currentBatch',
  'currentInsertBatch',
  'currentUpdateBatch',
  'currentRemoveBatch',
]

/**
 * The batches of bulk builders that were executed. The driver sends one after
 * the other, and nothing but the list that it sends tells whose it is.
 */
const known = new WeakSet<object>()

/** Before a builder is executed, by whom ever. */
export function knowBatches(builder: object): void {
  const state = peek(builder, 's')
  const batches = peek(state, 'batches')
  if (Array.isArray(batches)) batches.forEach(know)
  for (const name of CURRENT) know(peek(state, name))
}

function know(batch: unknown): void {
  const operations = peek(batch, 'operations')
  if (typeof operations === 'object' && operations !== null) {
    known.add(operations)
  }
}

/** Does this operation of the driver send such a batch? */
export function isKnownBatch(operation: object): boolean {
  const list = peek(operation, 'documents') ?? peek(operation, 'statements')
  return typeof list === 'object' && list !== null && known.has(list)
}
