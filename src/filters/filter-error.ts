import { MongowatchError } from '../errors.ts'

/** A filter that cannot be made from its settings. */
export class FilterError extends MongowatchError {
  override readonly name = 'FilterError'

  constructor(message: string, options?: ErrorOptions) {
    super('MONGOWATCH_FILTER_INVALID', message, options)
  }
}
