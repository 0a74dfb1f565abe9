/**
 * Calls back when Node says that a module is loaded: `module.loaded = true` is
 * the last thing that it does before whoever required it goes on. No function
 * of ours is called in between, so that no stack trace ever shows one, and
 * loading takes as long as it did. Somebody else's accessor is put back before
 * it is told, like Node's own property.
 */
export function whenLoaded(module: NodeJS.Module, then: () => void): void {
  const before = Object.getOwnPropertyDescriptor(module, 'loaded')
  if (before?.configurable !== true) return
  Object.defineProperty(module, 'loaded', {
    configurable: true,
    enumerable: before.enumerable === true,
    get: () => false,
    set(value: boolean) {
      Object.defineProperty(module, 'loaded', before)
      module.loaded = value
      if (value === true) then()
    },
  })
}
