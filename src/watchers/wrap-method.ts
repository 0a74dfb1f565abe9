import { callNested, callNestedAsync, callOutside } from './nesting.ts'
import { type Enter, type Observation, SILENT } from './observation.ts'

/** A method of one of the driver's classes. */
export type Method = (...args: unknown[]) => unknown

export interface WrapOptions {
  /**
   * Calls that the method makes belong to it. `false` for methods that only
   * drive a cursor, whose batches are observed themselves. @default true
   */
  nests?: boolean
  /** Arguments that are never the callback although functions (`mapReduce`). */
  required?: number
}

/**
 * Wraps a method so that nobody can tell: same arguments, `this`, result and
 * error. What it returns is the promise derived from the driver's own by
 * `then`: a rejection that the application forgot stays unhandled, and V8
 * follows such a chain in stack traces without a line of ours (an `await`
 * here would add one to every error).
 */
export function wrapMethod(
  original: Method,
  enter: Enter,
  { nests = true, required = 0 }: WrapOptions = {},
): Method {
  const call = nests ? callNested : Reflect.apply
  // a method in shorthand: no `prototype`, no `new`, as in a class
  return {
    method(this: object, ...args: unknown[]): unknown {
      const observation = enter(this, args)
      if (observation === undefined) return call(original, this, args)
      const callback = takeCallback(args, required, observation)
      // nothing waits for the end: the driver's own promise will do
      if (observation === SILENT && callback === undefined) {
        return call(original, this, args)
      }
      if (observation.refusal !== undefined) {
        return refuse(observation.refusal, callback)
      }
      const run = observation.awaitsFirst ? callNestedAsync : call
      let result: unknown
      try {
        result = run(original, this, args)
      } catch (error) {
        observation.fail(error)
        throw error
      }
      if (isPromiseLike(result)) return follow(result, observation)
      if (callback === undefined) observation.succeed(result)
      return result
    },
  }.method
}

/** Observes calls of a method that returns an object at once. Never throws. */
export interface FactoryObservation {
  /** The call must fail with this instead of being made. */
  readonly refusal: Error | undefined
  made(target: object, args: readonly unknown[], made: unknown): void
  fail(target: object, args: readonly unknown[], error: unknown): void
}

/** For calls in which there is nothing to see. */
export const UNSEEN: FactoryObservation = {
  refusal: undefined,
  made() {},
  fail() {},
}

/**
 * Wraps a method that returns a cursor, stream or builder at once. Most send
 * nothing: there is nothing to observe but an error that it throws.
 */
export function wrapFactory(
  original: Method,
  enter: (target: object, args: readonly unknown[]) => FactoryObservation,
): Method {
  return {
    method(this: object, ...args: unknown[]): unknown {
      const observation = enter(this, args)
      if (observation.refusal !== undefined) throw observation.refusal
      let made: unknown
      try {
        made = Reflect.apply(original, this, args)
      } catch (error) {
        observation.fail(this, args, error)
        throw error
      }
      observation.made(this, args, made)
      return made
    },
  }.method
}

/**
 * Puts a callback of ours in the place of the application's, which is a
 * function in the last place; gives the application's.
 */
function takeCallback(
  args: unknown[],
  required: number,
  observation: Observation,
): Method | undefined {
  const last = args.length - 1
  const callback = args[last]
  if (last < required || typeof callback !== 'function') return undefined
  args[last] = function (this: unknown, ...answer: unknown[]): unknown {
    const [error, result] = answer
    if (error === undefined || error === null) observation.succeed(result)
    else observation.fail(error)
    return callOutside(callback, this, answer)
  }
  return callback as Method
}

function refuse(refusal: Error, callback: Method | undefined): unknown {
  if (callback === undefined) return Promise.reject(refusal)
  process.nextTick(callback, refusal)
  return undefined
}

/** The promise derived from the driver's: a lost rejection stays lost. */
function follow(
  promise: PromiseLike<unknown>,
  observation: Observation,
): PromiseLike<unknown> {
  return promise.then(
    result => {
      observation.succeed(result)
      return result
    },
    error => {
      observation.fail(error)
      throw error
    },
  )
}

function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'then' in value &&
    typeof value.then === 'function'
  )
}
