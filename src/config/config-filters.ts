// Written by `npm run schema` from etc/mongowatch.schema.json; do not edit.

import type { FieldNameConfig } from './config-common.ts'

export type FilterConfig =
  | WhenFilterConfig
  | MatchFilterConfig
  | MaskFilterConfig
  | RedactFilterConfig
  | SampleFilterConfig
  | RateFilterConfig
  | FieldsFilterConfig
  | ModuleFilterConfig

/** A CEL expression on the record's fields; the record passes when it is true. */
export interface WhenFilterConfig {
  /** The expression. */
  readonly when: string
  /** What becomes of a record that the filter fails on; the failure is said once. @default "keep" */
  readonly exception_result?: 'keep' | 'drop'
}

/** A MongoDB query on the record's fields; the record passes when it matches. */
export interface MatchFilterConfig {
  /** The query. */
  readonly match: { readonly [name: string]: unknown }
  /** What becomes of a record that the filter fails on; the failure is said once. @default "keep" */
  readonly exception_result?: 'keep' | 'drop'
}

/** Hides values and keeps their shape: text to x of the same length, numbers to 0; keys and operators stay. */
export interface MaskFilterConfig {
  readonly mask: {
    /** What is masked; ErrorMessage always is. @default ["Filter","Update"] */
    readonly fields?: readonly (
      | 'DB'
      | 'Collection'
      | 'Filter'
      | 'ErrorType'
      | 'ErrorMessage'
      | 'Update'
      | 'Options'
      | 'Session'
      | 'Server'
      | 'AppName'
      | 'DBUser'
      | 'Driver'
      | 'Host'
      | 'Actor'
      | 'Request'
      | 'RemoteAddress'
      | 'TraceID'
      | 'SpanID'
      | 'Caller'
      | 'Shape'
      | 'ShapeHash'
    )[]
  } | null
}

/** Hides values by rules, the first that fits. */
export interface RedactFilterConfig {
  readonly redact: {
    /** In order. */
    readonly rules: readonly RedactRuleConfig[]
    /** The key of `hash`; best `${env:NAME}` or `${file:PATH}`. */
    readonly key?: string
  }
}

export interface RedactRuleConfig {
  /** Names of keys at any depth; case, `_` and `-` make no difference. */
  readonly keys?: readonly string[]
  /** Paths that begin with a field; `*` is one name, `**` any number of names. */
  readonly paths?: readonly string[]
  /** What a text looks like. */
  readonly detect?: readonly (
    | 'email'
    | 'card'
    | 'iban'
    | 'jwt'
    | 'aws_key'
    | 'bearer'
    | 'connection_string'
  )[]
  /** `mask`: x of the same length; `type`: the kind of value; `hash`: HMAC-SHA-256 with `key`; `truncate`, `partial`: the first or last characters; `drop`; `keep`: as it is. */
  readonly action:
    | 'mask'
    | 'type'
    | 'hash'
    | 'truncate'
    | 'drop'
    | 'keep'
    | 'partial'
  /** Of `truncate` and `partial`: characters that stay. */
  readonly length?: number
}

/** Keeps a share of the operations. */
export interface SampleFilterConfig {
  /** The share from 0 to 1; with `by` records with the same value of a field are kept or stopped together. */
  readonly sample:
    | number
    | {
        /** The share. */
        readonly rate: number
        /** The field. */
        readonly by?: FieldNameConfig
      }
}

/** Sums attributes up and passes one record per period, with rates per second. */
export interface RateFilterConfig {
  readonly rate: {
    /** Fields to sum up; one that holds no number is counted. */
    readonly attributes: readonly FieldNameConfig[]
    /** The period. @default 60 */
    readonly output_rate_sec?: number
    /** What follows the name of a rate. @default "/s" */
    readonly suffix?: string
    /** Records without a value in any attribute pass. @default true */
    readonly ignore_nones?: boolean
    /** Only final iterations are summed up; `false` adds what each iteration adds. @default true */
    readonly ignore_intermediates?: boolean
    /** A period whose end no later record shows is dropped, not written when the handler ends. @default false */
    readonly drop?: boolean
  }
}

/** Adds, renames and drops fields, in this order: `add`, `constant`, `rename`, `drop`. */
export interface FieldsFilterConfig {
  readonly fields: {
    /** New name to the path of a value. */
    readonly add?: { readonly [name: string]: string }
    /** New name to a value that is always the same. */
    readonly constant?: { readonly [name: string]: unknown }
    /** Name to new name. */
    readonly rename?: { readonly [name: string]: string }
    /** Names of fields that are left out. */
    readonly drop?: readonly string[]
  }
}

/** A function of your own: `(record, options) => record | false`. */
export interface ModuleFilterConfig {
  /** A package, or a file beside this one that begins with `./`. Refused when this file or that one is writable by others. */
  readonly module: string
  /** The name of the export. @default "default" */
  readonly export?: string
  /** Handed over as written. */
  readonly options?: { readonly [name: string]: unknown }
  /** What becomes of a record that the filter fails on; the failure is said once. @default "keep" */
  readonly exception_result?: 'keep' | 'drop'
}
