import { TAKEN, Unavailable, type Verdict } from '../network/sender.ts'

/** What a receiver answered. */
export interface HttpAnswer {
  readonly status: number
  readonly retryAfter: string | undefined
  readonly body: string
}

/** By the specification of OTLP only these are worth another attempt. */
const RETRYABLE: ReadonlySet<number> = new Set([429, 502, 503, 504])
const LONGEST_REASON = 200

/** What an answer means for a batch; throws when it is to be sent again. */
export function verdictOf(answer: HttpAnswer, count: number): Verdict {
  const { status, body } = answer
  if (status >= 200 && status < 300) return partialSuccess(body, count)
  const reason = `The receiver answered ${status}${explanation(body)}`
  if (!RETRYABLE.has(status)) return { refused: count, reason }
  throw new Unavailable(reason, retryAfterMs(answer.retryAfter))
}

/** `Retry-After`: seconds or a date; milliseconds from now. */
export function retryAfterMs(
  value: string | undefined,
  now: number = Date.now(),
): number {
  if (value === undefined) return 0
  const wait = /^\d+$/.test(value)
    ? Number(value) * 1000
    : Date.parse(value) - now
  return Number.isNaN(wait) ? 0 : Math.max(0, wait)
}

function partialSuccess(body: string, count: number): Verdict {
  const { rejectedLogRecords, errorMessage } = partOf(body)
  const refused = Math.min(Number(rejectedLogRecords ?? 0) || 0, count)
  if (refused <= 0) return TAKEN
  const why = errorMessage ? `: ${plainText(String(errorMessage))}` : ''
  return { refused, reason: `The receiver rejected ${refused} records${why}` }
}

function partOf(body: string): Record<string, unknown> {
  try {
    return Object(Object(JSON.parse(body)).partialSuccess)
  } catch {
    return {} // an empty answer, or none in JSON: nothing was rejected
  }
}

function explanation(body: string): string {
  let message: unknown = body
  try {
    message = Object(JSON.parse(body)).message ?? body
  } catch {
    // plain text
  }
  const text = plainText(String(message))
  return text === '' ? '' : `: ${text}`
}

/** One line of printable text: it goes to a terminal and into a record. */
function plainText(text: string): string {
  return text
    .replace(/[^ -~]+/g, ' ')
    .trim()
    .slice(0, LONGEST_REASON)
}
