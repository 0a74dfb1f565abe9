import { warnOnce } from '../warn.ts'

/**
 * The application's object (a cursor, a stream) that a watch belongs to. Held
 * strongly at first, which costs nothing, and weakly once {@link loosen} was
 * called: then the watch learns when the object was collected.
 */
export class Owner {
  #strong: object | undefined
  #weak: WeakRef<object> | undefined
  readonly #collected: () => void

  constructor(object: object, collected: () => void) {
    this.#strong = object
    this.#collected = collected
  }

  /** The object, unless it was collected or released. */
  get(): object | undefined {
    return this.#strong ?? this.#weak?.deref()
  }

  /** From here on the garbage collector decides. */
  loosen(): void {
    if (this.#strong === undefined) return
    this.#weak = new WeakRef(this.#strong)
    registry.register(this.#strong, this.#collected, this)
    this.#strong = undefined
  }

  /** The watch is over. */
  release(): void {
    this.#strong = undefined
    if (this.#weak === undefined) return
    this.#weak = undefined
    registry.unregister(this)
  }
}

const registry = new FinalizationRegistry((collected: () => void) => {
  try {
    collected()
  } catch (error) {
    warnOnce('MONGOWATCH_WATCHER', error)
  }
})
