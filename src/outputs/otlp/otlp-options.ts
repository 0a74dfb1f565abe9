import { validateHeaderName, validateHeaderValue } from 'node:http'
import type { Destination } from '../destination.ts'
import type { LineSource } from '../line-source.ts'
import { createNetwork, tlsOf, wrong } from '../network/network-options.ts'
import { amount, choice, type Options, plain, text } from '../option-values.ts'

const LOGS_PATH = '/v1/logs'

/** `class: otlp`: log records to an OpenTelemetry Collector. */
export function createOtlp(options: Options, source: LineSource): Destination {
  const receiver = {
    kind: 'otlp',
    endpoint: endpointOf(text(options, 'endpoint')),
    headers: headersOf(plain(options.headers)),
    isCompressed: choice(options, 'compress', ['gzip', 'none']) === 'gzip',
    timeoutMs: amount(options, 'timeoutSec', 10) * 1000,
    tls: tlsOf(options),
  } as const
  return createNetwork(receiver, options, source)
}

/** An address without a path gets that of the protocol. */
function endpointOf(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    // the address is not shown: it may hold a password
    throw wrong('endpoint: expected http://... or https://...')
  }
  if (url.pathname === '/') url.pathname = LOGS_PATH
  return url.href
}

function headersOf(headers: Options): Record<string, string> {
  const entries = Object.entries(headers).map(
    ([name, value]) => [name, String(value)] as const,
  )
  for (const [name, value] of entries) {
    try {
      validateHeaderName(name)
      validateHeaderValue(name, value)
    } catch {
      throw wrong(`headers.${name}: this cannot be sent as a header`)
    }
  }
  return Object.fromEntries(entries)
}
