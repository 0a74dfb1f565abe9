/** Bytes that a seal adds to a line, at most. */
export const SEAL_BYTES = 224
