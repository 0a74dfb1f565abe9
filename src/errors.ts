/**
 * An error of mongowatch itself. `code` is stable and has a row in
 * docs/errors.md; the message is one sentence for the person who can fix it.
 */
export class MongowatchError extends Error {
  override readonly name: string = 'MongowatchError'
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/**
 * What an operation is rejected with when a handler says `on_failure: refuse`
 * and its record cannot be written. The operation was not sent.
 */
export class MongowatchAuditError extends MongowatchError {
  override readonly name = 'MongowatchAuditError'

  constructor(message: string, options?: ErrorOptions) {
    super('MONGOWATCH_AUDIT_REFUSED', message, options)
  }
}
