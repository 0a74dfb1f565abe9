import { peek } from './peek.ts'

/** What the server answered to a cursor's command. */
export interface CursorAnswer {
  /** Documents in this batch. */
  readonly count: number
  /** The server's cursor has ended: its id is 0. */
  readonly isLast: boolean
}

/**
 * Reads an answer without decoding a document: up to 6.7 it is the server's
 * plain reply, later a reply that is decoded when needed. What a first
 * command resolves with holds it as `response`.
 */
export function readAnswer(result: unknown): CursorAnswer {
  const response = peek(result, 'response') ?? result
  const size = peek(response, 'batchSize')
  if (typeof size === 'number') {
    const count = peek(response, 'isExplain') === true ? 1 : size
    return { count, isLast: isZero(peek(response, 'id')) }
  }
  const reply = peek(response, 'cursor')
  // an answer without a cursor (explain) is one document and all there is
  if (reply === undefined) return { count: 1, isLast: true }
  const batch = peek(reply, 'firstBatch') ?? peek(reply, 'nextBatch')
  return {
    count: Array.isArray(batch) ? batch.length : 0,
    isLast: isZero(peek(reply, 'id')),
  }
}

function isZero(id: unknown): boolean {
  if (typeof id !== 'object' || id === null) return Number(id ?? 0) === 0
  const method = peek(id, 'isZero')
  return typeof method === 'function' && method.call(id) === true
}
