import type { Loss } from './destination.ts'

/** What a destination learns from its handler. */
export interface LineSource {
  /** The handler's name, for messages. */
  readonly name: string
  /** The first line of a new file. */
  readonly header?: string | undefined
  /** The line that reports a loss. */
  readonly dropLine: (loss: Loss) => string
  /** Told what went wrong, instead of stderr. */
  readonly onTrouble?: (reason: string) => void
  /** Takes secrets of the configuration out of what a receiver says. */
  readonly hide?: ((text: string) => string) | undefined
}
