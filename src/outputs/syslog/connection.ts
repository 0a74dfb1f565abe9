/** A way to the receiver that is open. */
export interface Connection {
  /** Resolves when the operating system has the messages. */
  write(messages: readonly Buffer[]): Promise<void>
  /** Resolves when it has not failed for so long. */
  stands(milliseconds: number): Promise<void>
  close(): void
}
