import type { Clock } from '../clock.ts'
import type { RecordFilter } from './filter.ts'
import { FilterError } from './filter-error.ts'
import { FILES } from './lazy.ts'

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
  when: (name, settings) => FILES.when().createWhen(name, checked(settings)),
  match: (name, settings) => FILES.match().createMatch(name, checked(settings)),
  mask: (name, { mask }) => FILES.mask().createMask(name, checked(mask ?? {})),
  redact: (name, { redact }) =>
    FILES.redact().createRedact(name, checked(redact)),
  sample: (_name, { sample }) =>
    FILES.sample().createSample(
      typeof sample === 'number' ? { rate: sample } : checked(sample),
    ),
  rate: (_name, { rate }, { clock }) => {
    const { RateFilter } = FILES.rate()
    return new RateFilter(checked(rate), clock)
  },
  fields: (_name, { fields }) => FILES.fields().createFields(checked(fields)),
  module: (name, settings) =>
    FILES.module().createModule(name, checked(settings)),
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
