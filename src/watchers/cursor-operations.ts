import { CURSORS, cursorFilter, cursorOptions } from './cursor-spec.ts'
import type { OperationTable, ReceiverReader } from './operation-spec.ts'
import { matchedNumber } from './results.ts'

/** What the cursor would read is what its own commands are about. */
const cursorFacts: ReceiverReader = (record, cursor, limits) => {
  const spec = CURSORS[cursor.constructor.name]
  if (spec === undefined) return
  record.Filter = cursorFilter(cursor, spec, limits)
  record.Options = cursorOptions(cursor, spec, limits)
}

const EXPLAIN: OperationTable = {
  explain: { args: ['verbosity', 'options'], receiver: cursorFacts },
}

/**
 * Methods of `FindCursor` that send a command of their own, whatever is read
 * from the cursor.
 */
export const FIND_CURSOR: OperationTable = {
  ...EXPLAIN,
  count: { args: ['options'], receiver: cursorFacts, result: matchedNumber },
}

/** The same for `AggregationCursor`. */
export const AGGREGATION_CURSOR: OperationTable = EXPLAIN
