/** Where time comes from; tests bring their own. */
export interface Clock {
  /** Milliseconds; only differences mean anything. */
  monotonic(): number
  /** Milliseconds since 1970, UTC. */
  wall(): number
}

/** The clocks of this machine. */
export const systemClock: Clock = {
  monotonic: () => performance.now(),
  wall: () => Date.now(),
}
