import { AsyncLocalStorage } from 'node:async_hooks'

let storage: AsyncLocalStorage<true> | undefined

/**
 * Runs something of ours that may use MongoDB itself, such as a transport
 * that writes to a collection: those operations must not be watched, whenever
 * they are made. Costs nothing until it is called for the first time.
 */
export function runAsOwnWork<Result>(task: () => Result): Result {
  storage ??= new AsyncLocalStorage()
  return storage.run(true, task)
}

/** True when the running code was started by {@link runAsOwnWork}. */
export function isOwnWork(): boolean {
  return storage !== undefined && storage.getStore() === true
}
