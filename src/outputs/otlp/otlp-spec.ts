import type { TlsSpec } from '../network/network-spec.ts'

/** A receiver of OTLP over HTTP. */
export interface OtlpSpec {
  readonly kind: 'otlp'
  readonly endpoint: string
  readonly headers: Readonly<Record<string, string>>
  readonly isCompressed: boolean
  /** Milliseconds that an answer may take. */
  readonly timeoutMs: number
  readonly tls: TlsSpec
}
