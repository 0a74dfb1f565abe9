/** One running observation of a call. None of its methods throws. */
export interface Observation {
  /** The call must fail with this instead of being made. */
  readonly refusal: Error | undefined
  /** The method calls public methods also after it awaited. */
  readonly awaitsFirst: boolean
  succeed(result: unknown): void
  fail(error: unknown): void
}

/**
 * Called when the application (or the driver) calls a wrapped method, before
 * the method. `undefined`: nothing to observe here. Never throws.
 */
export type Enter = (
  target: object,
  args: readonly unknown[],
) => Observation | undefined

/** Observes nothing; for calls that are excluded, so that inner ones are too. */
export const SILENT: Observation = {
  refusal: undefined,
  awaitsFirst: false,
  succeed() {},
  fail() {},
}

/** {@link SILENT}, for methods that await before their inner calls. */
export const SILENT_AWAITING: Observation = { ...SILENT, awaitsFirst: true }
