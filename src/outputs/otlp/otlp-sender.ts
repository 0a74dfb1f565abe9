import * as http from 'node:http'
import * as https from 'node:https'
import { gzipSync } from 'node:zlib'
import { connectionProblem } from '../network/connection-problem.ts'
import {
  type Message,
  type Sender,
  Unavailable,
  type Verdict,
} from '../network/sender.ts'
import { type HttpAnswer, verdictOf } from './otlp-answer.ts'
import { otlpRequest } from './otlp-request.ts'
import type { OtlpSpec } from './otlp-spec.ts'

/** A receiver that answers without end is not listened to. */
const LONGEST_ANSWER = 64 * 1024
const TOO_LARGE = 413

/** Sends batches as JSON over HTTP, one connection at a time. */
export function createOtlpSender(spec: OtlpSpec): Sender {
  const { protocol } = new URL(spec.endpoint)
  const kept = { keepAlive: true, maxSockets: 1 }
  const isSecure = protocol === 'https:'
  const agent = isSecure
    ? new https.Agent({ ...kept, ...spec.tls })
    : new http.Agent(kept)
  return {
    send: batch => sendInParts(batch, part => post(spec, agent, part)),
    close: () => agent.destroy(),
  }
}

/**
 * A batch that is too large for the receiver goes in halves, and those in
 * halves, down to a single record. If the receiver fails in between, all of it
 * is sent again.
 */
async function sendInParts(
  batch: readonly Message[],
  post: (part: readonly Message[]) => Promise<HttpAnswer>,
): Promise<Verdict> {
  const answer = await post(batch)
  if (answer.status !== TOO_LARGE || batch.length === 1) {
    return verdictOf(answer, batch.length)
  }
  const middle = Math.ceil(batch.length / 2)
  const one = await sendInParts(batch.slice(0, middle), post)
  const other = await sendInParts(batch.slice(middle), post)
  const refused = one.refused + other.refused
  return { refused, reason: one.reason || other.reason }
}

function post(
  spec: OtlpSpec,
  agent: http.Agent,
  batch: readonly Message[],
): Promise<HttpAnswer> {
  const text = Buffer.from(otlpRequest(batch))
  const body = spec.isCompressed ? gzipSync(text) : text
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      const reason = connectionProblem(shownAs(spec.endpoint), error)
      reject(new Unavailable(reason))
    }
    const { request } = agent instanceof https.Agent ? https : http
    const sent = request(
      spec.endpoint,
      {
        agent,
        method: 'POST',
        headers: headersOf(spec, body),
        signal: AbortSignal.timeout(spec.timeoutMs),
      },
      response => collect(response).then(resolve, fail),
    )
    sent.on('error', fail)
    sent.end(body)
  })
}

/** A user, a password and a query are nobody's business. */
function shownAs(endpoint: string): string {
  const { origin, pathname } = new URL(endpoint)
  return origin + pathname
}

function headersOf(spec: OtlpSpec, body: Buffer): http.OutgoingHttpHeaders {
  return {
    'user-agent': 'mongowatch',
    ...spec.headers,
    'content-type': 'application/json',
    'content-length': body.length,
    ...(spec.isCompressed ? { 'content-encoding': 'gzip' } : {}),
  }
}

async function collect(response: http.IncomingMessage): Promise<HttpAnswer> {
  let body = ''
  for await (const chunk of response.setEncoding('utf8')) {
    body += chunk
    if (body.length > LONGEST_ANSWER) break // closes the connection
  }
  return {
    status: response.statusCode ?? 0,
    retryAfter: response.headers['retry-after'],
    body,
  }
}
