import type { OtlpSpec } from '../otlp/otlp-spec.ts'
import type { SyslogSpec } from '../syslog/syslog-spec.ts'
import type { BatchLimits } from './store.ts'

/** What the thread of a network handler is made with. */
export interface NetworkSpec {
  readonly receiver: OtlpSpec | SyslogSpec
  readonly batch: BatchLimits & { readonly delayMs: number }
  readonly spool: SpoolSpec | undefined
}

/** Where batches wait on disk. */
export interface SpoolSpec {
  readonly directory: string
  readonly maxBytes: number
}

/** Certificates and keys, as text; what is not given is Node's default. */
export interface TlsSpec {
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
  /** The name that the certificate must have. */
  readonly servername?: string
}
