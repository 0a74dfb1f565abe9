/** How much of a chunk was written, and what stopped it. */
export interface Appended {
  readonly bytes: number
  /** Milliseconds that the disk took. */
  readonly tookMs: number
  readonly error?: Error
  /** All of it, but the disk may not have it. */
  readonly isUnsynced?: boolean
  /** Nobody closes a line there that lacks its end. */
  readonly isPipe?: boolean
}
