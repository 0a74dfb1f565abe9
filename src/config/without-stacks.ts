/**
 * Runs something whose errors are only read for their messages. Capturing the
 * stack is most of what an error costs, and a wrong file can make thousands.
 */
export function withoutStacks<T>(run: () => T): T {
  const limit = Error.stackTraceLimit
  if (!Reflect.set(Error, 'stackTraceLimit', 0)) return run()
  try {
    return run()
  } finally {
    Error.stackTraceLimit = limit
  }
}
