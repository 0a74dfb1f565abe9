/**
 * Objects of the driver that work for something that is watched as a whole,
 * also long after it was called (the collections inside a GridFS bucket and
 * their cursors): calls on them are never operations of the application.
 */
const inner = new WeakSet<object>()
// most applications have none, and then the look costs nothing
let hasInner = false

/** Makes all calls on an object silent. */
export function markInner(object: unknown): void {
  if (typeof object !== 'object' || object === null) return
  hasInner = true
  inner.add(object)
}

/** The object belongs to the application after all. */
export function unmarkInner(object: unknown): void {
  if (typeof object === 'object' && object !== null) inner.delete(object)
}

/** True when calls on this object are not the application's. */
export function isInner(object: object): boolean {
  return hasInner && inner.has(object)
}

/** What an inner object makes is inner too. */
export function passInnerOn(maker: object, made: unknown): void {
  if (isInner(maker)) markInner(made)
}
