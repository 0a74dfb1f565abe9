/**
 * Calls back when Node says that a module is loaded: `module.loaded = true` is
 * the last thing that it does before whoever required it goes on. No function
 * of ours is called in between, so that no stack trace ever shows one, and
 * loading takes as long as it did.
 */
export function whenLoaded(module: NodeJS.Module, then: () => void): void {
  const shape = { configurable: true, enumerable: true }
  Object.defineProperty(module, 'loaded', {
    ...shape,
    get: () => false,
    set(value: unknown) {
      Object.defineProperty(module, 'loaded', {
        ...shape,
        writable: true,
        value,
      })
      if (value === true) then()
    },
  })
}
