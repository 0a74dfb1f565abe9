import type { TlsSpec } from '../network/network-spec.ts'

/** A receiver of syslog messages. */
export interface SyslogSpec {
  readonly kind: 'syslog'
  readonly protocol: 'udp' | 'tcp' | 'tls' | 'unix'
  readonly host: string
  readonly port: number
  /** Of the socket, with `unix`. */
  readonly path: string | undefined
  readonly facility: number
  /** A longer message is cut, with a mark. */
  readonly maxMessageBytes: number
  /** Milliseconds for a connection to be made, and to take something. */
  readonly timeoutMs: number
  readonly tls: TlsSpec
}
