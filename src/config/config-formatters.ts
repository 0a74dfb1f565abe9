// Written by `npm run schema` from etc/mongowatch.schema.json; do not edit.

export type FormatterConfig =
  | CsvFormatterConfig
  | PlainFormatterConfig
  | OcsfFormatterConfig
  | Rfc5424FormatterConfig
  | LineFormatterConfig

/** Text by a template. */
export interface LineFormatterConfig {
  /** May be left out. @default "line" */
  readonly type?: 'line'
  /** `{asctime}`, `{name}`, `{levelname}`, `{watch}` (the default fields), `{watch.full}`, `{watch.csv}`, `{watch.Filter.age}`, with width and alignment as in `{levelname:<8}`. @default "{asctime} {name} {watch}" */
  readonly format?: string
  /** Only `{`, the style of the templates. @default "{" */
  readonly style?: '{'
  /** How `{asctime}` is written, as Python's strftime. */
  readonly datefmt?: string
  /** UTC or local time. @default true */
  readonly utc?: boolean
  /** What an absent field inside a template prints. @default "" */
  readonly missing?: string | null
}

/** One row as RFC 4180 has it. */
export interface CsvFormatterConfig {
  readonly type: 'csv'
  /** Fields, parts of a log line (`asctime`, `levelname`, `name`), or `*` for all fields that are not named. @default ["*"] */
  readonly columns?: readonly string[]
  /** The names as the first line of every new file. @default true */
  readonly header?: boolean
  /** UTC or local time. @default true */
  readonly utc?: boolean
  /** `escape` puts a `'` before text that a spreadsheet would run. @default "escape" */
  readonly formulas?: 'escape' | 'keep'
  /** Separators and quotes. @default "excel" */
  readonly dialect?: 'excel' | 'excel-tab' | 'unix'
}

/** `json`: the record's own field names. `ecs`: Elastic Common Schema. `otel`: OpenTelemetry's attribute names. `mongo-audit`: MongoDB Enterprise's audit message. `cef`: Common Event Format. `logfmt`: key=value. */
export interface PlainFormatterConfig {
  readonly type: 'json' | 'ecs' | 'otel' | 'mongo-audit' | 'cef' | 'logfmt'
}

/** Open Cybersecurity Schema Framework. */
export interface OcsfFormatterConfig {
  readonly type: 'ocsf'
  /** 6005 Datastore Activity, or 6003 API Activity as MongoDB itself does. @default 6005 */
  readonly class?: 6005 | 6003
}

/** A syslog message with structured data. */
export interface Rfc5424FormatterConfig {
  readonly type: 'rfc5424'
  /** 0 to 23; 13 is log audit. @default 13 */
  readonly facility?: number
  /** APP-NAME. @default "mongowatch" */
  readonly app_name?: string
  /** The private enterprise number of the structured data's name. @default 32473 */
  readonly enterprise_id?: number
}
