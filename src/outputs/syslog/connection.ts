/** A way to the receiver that is open. */
export interface Connection {
  /** Resolves when the operating system has the messages. */
  write(messages: readonly Buffer[]): Promise<void>
  /** Resolves when it has not failed for so long. */
  stands(milliseconds: number): Promise<void>
  /** It failed since it was last used; an idle one may be closed. */
  readonly hasFailed: boolean
  close(): void
}
