import type { Destination } from '../destination.ts'
import type { LineSource } from '../line-source.ts'
import { createNetwork, tlsOf } from '../network/network-options.ts'
import { amount, choice, type Options, text } from '../option-values.ts'

/** By the RFCs 5426 and 6587 (in practice), and 5425. */
const PORTS = { udp: 514, tcp: 514, tls: 6514, unix: 0 } as const
/** Every receiver should take as much (RFC 5424, 6.1); rsyslog takes 8 KiB. */
const LONGEST = { udp: 2048, tcp: 8192, tls: 8192, unix: 8192 } as const

/** `class: syslog`: messages of RFC 5424. */
export function createSyslog(
  options: Options,
  source: LineSource,
): Destination {
  const protocol = choice(options, 'protocol', ['udp', 'tcp', 'tls', 'unix'])
  const receiver = {
    kind: 'syslog',
    protocol,
    host: options.host === undefined ? 'localhost' : text(options, 'host'),
    port: amount(options, 'port', PORTS[protocol]),
    path: protocol === 'unix' ? text(options, 'path') : undefined,
    facility: amount(options, 'facility', 13),
    maxMessageBytes: amount(options, 'maxMessageBytes', LONGEST[protocol]),
    timeoutMs: amount(options, 'timeoutSec', 10) * 1000,
    tls: tlsOf(options),
  } as const
  return createNetwork(receiver, options, source)
}
