// Written by `npm run schema` from etc/mongowatch.schema.json; do not edit.

import type {
  DurationConfig,
  LevelConfig,
  SizeConfig,
} from './config-common.ts'

export type HandlerConfig =
  | ModuleHandlerConfig
  | ConsoleHandlerConfig
  | FileHandlerConfig
  | OtlpHandlerConfig
  | SyslogHandlerConfig
  | WinstonHandlerConfig

/** Keeps the newest iteration of each operation and lets it go when it has ended. `false`: every iteration that passes is written. */
export type QueueConfig =
  | boolean
  | {
      /** `false` lets every iteration through, the bounds stay. @default true */
      readonly enabled?: boolean
      /** Records that may wait. @default 10000 */
      readonly max_records?: number
      /** Bytes that may wait. @default 33554432 */
      readonly max_bytes?: SizeConfig
      /** What a full queue does; `block` writes at once. @default "drop_old" */
      readonly on_full?: 'drop_old' | 'drop_new' | 'block'
      /** Seconds after which a waiting iteration is written even when the operation has not ended. */
      readonly forced_delay_sec?: number
    }

/** stderr or stdout. */
export interface ConsoleHandlerConfig {
  readonly class: 'console'
  /** Records below it are not taken. @default "notset" */
  readonly level?: LevelConfig
  /** A name from `formatters`. Without it: `json` for files, `otel` for otlp, `rfc5424` for syslog, `line` for others. */
  readonly formatter?: string
  /** Names from `filters`, in this order. */
  readonly filters?: readonly string[]
  /** Keeps the newest iteration of each operation and lets it go when it has ended. `false`: every iteration that passes is written. @default true */
  readonly queue?: QueueConfig
  /** Which. @default "stderr" */
  readonly stream?: 'stderr' | 'stdout'
  /** `auto`: on a terminal that wants it. @default "auto" */
  readonly color?: 'auto' | 'always' | 'never'
  /** On a pipe a longer line is cut with a mark, so that other writers cannot tear it; 0 never cuts. @default 4096 */
  readonly max_line_bytes?: number
}

/** An append-only file that several processes may share. */
export interface FileHandlerConfig {
  readonly class: 'file'
  /** Records below it are not taken. @default "notset" */
  readonly level?: LevelConfig
  /** A name from `formatters`. Without it: `json` for files, `otel` for otlp, `rfc5424` for syslog, `line` for others. */
  readonly formatter?: string
  /** Names from `filters`, in this order. */
  readonly filters?: readonly string[]
  /** Keeps the newest iteration of each operation and lets it go when it has ended. `false`: every iteration that passes is written. @default true */
  readonly queue?: QueueConfig
  /** Its path; made with its folder when it is not there. */
  readonly filename: string
  /** A new file is begun when the old one would grow beyond it. */
  readonly max_bytes?: SizeConfig
  /** A new file is begun at each such period. */
  readonly every?: DurationConfig
  /** Old files that are kept; 0 keeps all. @default 0 */
  readonly backup_count?: number
  /** Old files are removed after it. */
  readonly max_age?: DurationConfig
  /** Old files are compressed. @default false */
  readonly compress?: 'gzip' | false
  /** Permissions of the file, octal, in quotes. @default "0640" */
  readonly mode?: string
  /** `batched`: at most 100 ms later and at exit. `written`: in the kernel before the operation's promise settles. `write_ahead`: also before the driver is called. @default "batched" */
  readonly guarantee?: 'batched' | 'written' | 'write_ahead'
  /** On the disk, not only in the kernel. @default false */
  readonly fsync?: boolean
  /** `drop`: counted, reported and tried again. `refuse`: the operation is rejected before it is sent. @default "drop" */
  readonly on_failure?: 'drop' | 'refuse'
  /** Each line names the line before of the same writer, so that `mongowatch verify` finds what was changed. `hmac`: with a key, so that the hashes cannot be made again without it. Needs a formatter whose lines are JSON. @default "none" */
  readonly integrity?: 'none' | 'chain' | 'hmac'
  /** The key of `hmac`, 16 bytes or more. Not in the file itself: `${file:/path}` or `${env:NAME}`. */
  readonly integrity_key?: string
}

/** Log records to an OpenTelemetry Collector, as JSON over HTTP. */
export interface OtlpHandlerConfig {
  readonly class: 'otlp'
  /** Records below it are not taken. @default "notset" */
  readonly level?: LevelConfig
  /** A name from `formatters`. Without it: `json` for files, `otel` for otlp, `rfc5424` for syslog, `line` for others. */
  readonly formatter?: string
  /** Names from `filters`, in this order. */
  readonly filters?: readonly string[]
  /** Keeps the newest iteration of each operation and lets it go when it has ended. `false`: every iteration that passes is written. @default true */
  readonly queue?: QueueConfig
  /** The receiver's address; without a path it gets `/v1/logs`. */
  readonly endpoint: string
  /** Sent with each request. */
  readonly headers?: { readonly [name: string]: string }
  /** How requests are compressed. @default "gzip" */
  readonly compress?: 'gzip' | 'none'
  /** How long the receiver may take. @default 10 */
  readonly timeout_sec?: number
  /** Certificates and keys, as files in PEM form. */
  readonly tls?: TlsConfig
  /** How many records travel together. */
  readonly batch?: BatchConfig
  /** Records wait here until the receiver has them, also after the process has ended. */
  readonly spool?: SpoolConfig
}

/** Messages of RFC 5424. */
export interface SyslogHandlerConfig {
  readonly class: 'syslog'
  /** Records below it are not taken. @default "notset" */
  readonly level?: LevelConfig
  /** A name from `formatters`. Without it: `json` for files, `otel` for otlp, `rfc5424` for syslog, `line` for others. */
  readonly formatter?: string
  /** Names from `filters`, in this order. */
  readonly filters?: readonly string[]
  /** Keeps the newest iteration of each operation and lets it go when it has ended. `false`: every iteration that passes is written. @default true */
  readonly queue?: QueueConfig
  /** `tcp`, `tls` and `unix` (a stream socket) count octets. @default "udp" */
  readonly protocol?: 'udp' | 'tcp' | 'tls' | 'unix'
  /** The receiver. @default "localhost" */
  readonly host?: string
  /** Without it: 514, with `tls` 6514. */
  readonly port?: number
  /** The socket, with `unix`; at most 107 bytes, more the system's addresses do not hold. */
  readonly path?: string
  /** Of text from other formatters than `rfc5424`; 13 is log audit. @default 13 */
  readonly facility?: number
  /** A longer message is cut, with a mark. Without it: 2048 with `udp`, else 8192. */
  readonly max_message_bytes?: number
  /** How long the receiver may take. @default 10 */
  readonly timeout_sec?: number
  /** Certificates and keys, as files in PEM form. */
  readonly tls?: TlsConfig
  /** How many records travel together. */
  readonly batch?: BatchConfig
  /** Records wait here until the receiver has them, also after the process has ended. */
  readonly spool?: SpoolConfig
}

/** Certificates and keys, as files in PEM form. */
export interface TlsConfig {
  /** Whom to trust, instead of the authorities that Node knows. */
  readonly ca?: string
  /** Our own certificate. */
  readonly cert?: string
  /** The key of our certificate. */
  readonly key?: string
  /** The name that the receiver's certificate must have. Without it: the receiver's. */
  readonly server_name?: string
}

/** How many records travel together. */
export interface BatchConfig {
  /** At most so many. Without it: 1000, 5000 for syslog. */
  readonly max_records?: number
  /** About so many bytes. @default 1048576 */
  readonly max_bytes?: SizeConfig
  /** How long a record may wait for others. @default 0.2 */
  readonly delay_sec?: number
}

/** Records wait here until the receiver has them, also after the process has ended. */
export interface SpoolConfig {
  /** A folder of its own; made when it is not there. Processes may share it. */
  readonly directory: string
  /** What a handler may keep there; when that is reached, new records are lost and counted. @default 268435456 */
  readonly max_bytes?: SizeConfig
}

/** A transport of winston, fed with finished text. */
export interface WinstonHandlerConfig {
  readonly class:
    | 'winston.transports.Console'
    | 'winston.transports.File'
    | 'winston.transports.Http'
    | 'winston.transports.Stream'
  /** Records below it are not taken. @default "notset" */
  readonly level?: LevelConfig
  /** A name from `formatters`. Without it: `json` for files, `otel` for otlp, `rfc5424` for syslog, `line` for others. */
  readonly formatter?: string
  /** Names from `filters`, in this order. */
  readonly filters?: readonly string[]
  /** Keeps the newest iteration of each operation and lets it go when it has ended. `false`: every iteration that passes is written. @default true */
  readonly queue?: QueueConfig
  /** Handed over as written. */
  readonly options?: { readonly [name: string]: unknown }
}

/** A winston transport from a package or file. */
export interface ModuleHandlerConfig {
  /** A package, or a file beside this one that begins with `./`. Refused when this file or that one is writable by others. */
  readonly module: string
  /** The name of the export. @default "default" */
  readonly export?: string
  /** Records below it are not taken. @default "notset" */
  readonly level?: LevelConfig
  /** A name from `formatters`. Without it: `json` for files, `otel` for otlp, `rfc5424` for syslog, `line` for others. */
  readonly formatter?: string
  /** Names from `filters`, in this order. */
  readonly filters?: readonly string[]
  /** Keeps the newest iteration of each operation and lets it go when it has ended. `false`: every iteration that passes is written. @default true */
  readonly queue?: QueueConfig
  /** Handed over as written. */
  readonly options?: { readonly [name: string]: unknown }
}
