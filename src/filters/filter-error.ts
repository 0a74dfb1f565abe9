import { MongowatchError } from '../errors.ts'

/** A filter that cannot be made from its settings. */
export class FilterError extends MongowatchError {
  override readonly name = 'FilterError'

  constructor(message: string, options?: ErrorOptions) {
    super('MONGOWATCH_FILTER_INVALID', message, options)
  }
}

/** Quoted: `filter` is none, though `Filter` is, and nor is `" Filter"`. */
export function notAField(name: string): FilterError {
  return new FilterError(`${JSON.stringify(name)} is not a field of a record`)
}
