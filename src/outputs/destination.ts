/** Where a handler's finished lines go: a file, the console, a transport. */
export interface Destination {
  /** Takes one line, without its line end. Never throws, never blocks long. */
  write(line: string): void
  /** Hands everything over that can be handed over synchronously. */
  flush(): void
  /** Flushes and lets go of descriptors and timers. */
  close(): void
}
