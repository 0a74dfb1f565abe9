/** Fewer bytes than that could be guessed. */
export const LEAST_KEY_BYTES = 16
