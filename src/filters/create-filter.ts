import type { Clock } from '../clock.ts'
import { createFields, type FieldsOptions } from './fields.ts'
import type { RecordFilter } from './filter.ts'
import { FilterError } from './filter-error.ts'
import { createMask, type MaskOptions } from './mask.ts'
import { createMatch, type MatchOptions } from './match.ts'
import { createModule, type ModuleOptions } from './module.ts'
import { RateFilter, type RateOptions } from './rate.ts'
import { createRedact, type RedactOptions } from './redact.ts'
import { createSample, type SampleOptions } from './sample.ts'
import { createWhen, type WhenOptions } from './when.ts'

/** One entry of `filters`: checked by the schema, keys in camelCase. */
export type FilterSettings = { readonly [key: string]: unknown }

/** What filters need from where they run. */
export interface FilterContext {
  readonly clock: Clock
}

type Create = (
  name: string,
  settings: FilterSettings,
  context: FilterContext,
) => RecordFilter

/** Every filter, by the key that its settings have. */
const FILTERS: { readonly [kind: string]: Create } = {
  when: (name, settings) => createWhen(name, checked<WhenOptions>(settings)),
  match: (name, settings) => createMatch(name, checked<MatchOptions>(settings)),
  mask: (name, { mask }) => createMask(name, checked<MaskOptions>(mask ?? {})),
  redact: (name, { redact }) =>
    createRedact(name, checked<RedactOptions>(redact)),
  sample: (_name, { sample }) =>
    createSample(
      typeof sample === 'number'
        ? { rate: sample }
        : checked<SampleOptions>(sample),
    ),
  rate: (_name, { rate }, { clock }) =>
    new RateFilter(checked<RateOptions>(rate), clock),
  fields: (_name, { fields }) => createFields(checked<FieldsOptions>(fields)),
  module: (name, settings) =>
    createModule(name, checked<ModuleOptions>(settings)),
}

/**
 * Makes one filter of its own: state is never shared. Settings that make no
 * sense (an expression, a query, a path) are a `FilterError`.
 *
 * @param name - the filter's in the configuration, for what it has to say
 */
export function createFilter(
  name: string,
  settings: FilterSettings,
  context: FilterContext,
): RecordFilter {
  const kind = Object.keys(FILTERS).find(kind => settings[kind] !== undefined)
  const create = kind === undefined ? undefined : FILTERS[kind]
  if (kind === undefined || create === undefined) {
    throw new FilterError(
      `the filter ${name} has none of ${Object.keys(FILTERS).join(', ')}`,
    )
  }
  try {
    return create(name, settings, context)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new FilterError(`the filter ${name} (${kind}): ${reason}`, {
      cause: error,
    })
  }
}

/** What a filter's settings have wrong beyond the schema, if anything. */
export function checkFilter(
  name: string,
  settings: FilterSettings,
  context: FilterContext,
): string | undefined {
  try {
    createFilter(name, settings, context)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** The schema has checked the shape: this only tells the compiler. */
function checked<T>(settings: unknown): T {
  return settings as T
}
