import { callNestedAsync } from './nesting.ts'
import type { Patches } from './patches.ts'
import type { Method } from './wrap-method.ts'

/** What encryption asks of the key vault, of the server and of mongocryptd. */
const ASKS = ['fetchCollectionInfo', 'markCommand', 'fetchKeys']

/**
 * The driver's `StateMachine` looks keys and schemas up, for a call of
 * `ClientEncryption` and for every command of a client with automatic
 * encryption: through public methods, but not for the application.
 */
export function watchEncryption(patches: Patches, prototype: object): string[] {
  return ASKS.filter(name => patches.replace(prototype, name, silent))
}

function silent(original: Method): Method {
  return {
    method(this: unknown, ...args: unknown[]): unknown {
      return callNestedAsync(original, this, args)
    },
  }.method
}
