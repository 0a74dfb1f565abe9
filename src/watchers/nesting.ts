import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * The driver calls its own public methods (`findOne` calls `find`). A call
 * that is made while another watched one runs synchronously is such an inner
 * call and is passed through silently.
 *
 * A counter is enough for that and costs nothing; asynchronous context is used
 * only for the few calls that await first and go on with a public method after
 * it (`bulkWrite` of a client that is not connected yet, streams of GridFS).
 */
let depth = 0
let awaiting = 0
let storage: AsyncLocalStorage<true> | undefined

/** True inside a watched call of the application. */
export function isNested(): boolean {
  return depth > 0 || (awaiting > 0 && storage?.getStore() === true)
}

/** Calls one of the driver's functions as an inner part of a watched call. */
export function callNested(
  method: CallableFunction,
  target: unknown,
  args: readonly unknown[],
): unknown {
  depth++
  try {
    return Reflect.apply(method, target, args)
  } finally {
    depth--
  }
}

/**
 * Like {@link callNested}, and what follows the method's awaits is inner too,
 * until its promise is settled or the callback in the last place was called.
 */
export function callNestedAsync(
  method: CallableFunction,
  target: unknown,
  args: readonly unknown[],
): unknown {
  storage ??= new AsyncLocalStorage()
  const leave = enterAwaiting()
  const callback = args.at(-1)
  const isAnswered = typeof callback === 'function'
  const given = isAnswered
    ? [...args.slice(0, -1), andThen(callback, leave)]
    : args
  let result: unknown
  try {
    result = storage.run(true, callNested, method, target, given)
  } catch (error) {
    leave()
    throw error
  }
  if (result instanceof Promise) result.then(leave, leave)
  else if (!isAnswered) leave()
  return result
}

/** Calls a callback of the application: what it does is its own again. */
export function callOutside(
  callback: CallableFunction,
  target: unknown,
  args: readonly unknown[],
): unknown {
  const outer = depth
  depth = 0
  try {
    return awaiting > 0 && storage !== undefined
      ? storage.exit(() => Reflect.apply(callback, target, args))
      : Reflect.apply(callback, target, args)
  } finally {
    depth = outer
  }
}

/** Contexts are in use until the function that it gives is called. */
function enterAwaiting(): () => void {
  let isInside = true
  awaiting++
  return () => {
    if (!isInside) return
    isInside = false
    awaiting--
    // without contexts in use Node need not carry them through every promise
    if (awaiting === 0) storage?.disable()
  }
}

/** The callback is called in the context that ends then. */
function andThen(
  callback: CallableFunction,
  task: () => void,
): CallableFunction {
  return function (this: unknown, ...answer: unknown[]): unknown {
    try {
      return Reflect.apply(callback, this, answer)
    } finally {
      task()
    }
  }
}
