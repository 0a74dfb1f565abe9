import { types } from 'node:util'
import type { SnapshotLimits } from './limits.ts'
import {
  cutText,
  emptyDocument,
  headOf,
  leftOut,
  MASKED,
  omitted,
  type PlainDocument,
  truncated,
} from './marks.ts'
import { ownValue } from './own.ts'
import {
  hideSecret,
  keyKind,
  namesSecret,
  secretElement,
} from './secret-value.ts'
import { isSecretKey } from './secrets.ts'
import { maskText, maskUserInfo, mayHaveUserInfo } from './secrets-text.ts'
import { readerOf } from './snapshot-class.ts'
import type { Copy, Element, NextEntry } from './snapshot-copy.ts'
import { primitive } from './snapshot-primitive.ts'
import { isTransparentArray } from './snapshot-proxy.ts'

// kept: an application may replace them later
const { isProxy } = types
const { getPrototypeOf, hasOwn, keys: keysOf } = Object
const { isArray } = Array
const OBJECT = Object.prototype

/** Bytes counted for an object, besides its keys and texts. */
const OVERHEAD = 16
/** Bytes counted for a key or an element, besides its text. */
const SEPARATORS = 4
const DOLLAR = 36

/** Makes one copy; see `snapshot`. */
export class Copier implements Copy {
  readonly limits: SnapshotLimits
  bytes: number
  /** The copy may name a secret whose value is elsewhere, see `hideCompared`. */
  namesSecret = false
  /** The objects around the value being copied: a cycle meets one again. */
  readonly #open: object[] = []

  constructor(limits: SnapshotLimits) {
    this.limits = limits
    this.bytes = limits.bytes
  }

  value(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return this.text(value)
    if (typeof value !== 'object') return primitive(value)
    return value === null ? null : this.#object(value, depth)
  }

  text(text: string): string {
    const kept = headOf(text, Math.min(this.limits.string, this.bytes))
    this.bytes -= kept.length
    const left = text.length - kept.length
    if (kept.charCodeAt(0) === DOLLAR && isSecretKey(kept))
      this.namesSecret = true
    const plain = mayHaveUserInfo(kept) ? maskUserInfo(kept, left > 0) : kept
    return left > 0 ? plain + leftOut(left) : plain
  }

  fields(object: object, depth: number): unknown {
    if (depth >= this.limits.depth) return truncated('depth')
    const out = emptyDocument()
    const keys = keysOf(object)
    const limit = Math.min(keys.length, this.limits.keys)
    let count = 0
    while (count < limit && this.bytes > 0) {
      const key = keys[count++] as string
      const value = ownValue(object, key)
      this.#entry(out, key, value, depth, object)
    }
    if (count < keys.length) out.$truncated = keys.length - count
    return out
  }

  document(size: number, depth: number, next: NextEntry): PlainDocument {
    if (depth >= this.limits.depth) return truncated('depth')
    const out = emptyDocument()
    const limit = Math.min(size, this.limits.keys)
    let count = 0
    while (count < limit && this.bytes > 0) {
      const [key, value] = next()
      this.#entry(out, key, value, depth, out)
      count++
    }
    if (count < size) out.$truncated = size - count
    return out
  }

  list(size: number, depth: number, element: Element): unknown {
    return this.elements(size, depth, i => this.value(element(i), depth + 1))
  }

  /** A list whose elements are made as copies, not copied. */
  elements(size: number, depth: number, copy: Element): unknown {
    if (depth >= this.limits.depth) return truncated('depth')
    const out: unknown[] = []
    const limit = Math.min(size, this.limits.array)
    while (out.length < limit && this.bytes > 0) {
      this.bytes -= SEPARATORS
      out.push(copy(out.length))
    }
    if (out.length < size) out.push(truncated(size - out.length))
    return out
  }

  #object(object: object, depth: number): unknown {
    if (isProxy(object) && !isTransparentArray(object)) {
      return omitted('proxy')
    }
    if (depth > this.limits.depth) return truncated('depth')
    if (this.#open.includes(object)) return omitted('cycle')
    this.bytes -= OVERHEAD
    this.#open.push(object)
    const copy = this.#contents(object, depth)
    this.#open.pop()
    return copy
  }

  #contents(object: object, depth: number): unknown {
    if (isArray(object)) return this.#array(object, depth)
    const prototype = getPrototypeOf(object)
    return prototype === OBJECT || prototype === null
      ? this.fields(object, depth)
      : readerOf(prototype)(object, this, depth)
  }

  /** Holes are null, as the driver sends them. */
  #array(array: unknown[], depth: number): unknown {
    const length = Number(ownValue(array, 'length'))
    const secret =
      length === 2 ? secretElement(ownValue(array, 0), ownValue(array, 1)) : -1
    return this.list(length, depth, index => {
      if (index === secret) return MASKED
      const value = ownValue(array, index)
      if (value === undefined) return hasOwn(array, index) ? value : null
      return value
    })
  }

  #entry(
    out: PlainDocument,
    key: string,
    value: unknown,
    depth: number,
    siblings: object,
  ): void {
    this.bytes -= key.length + SEPARATORS
    const name = cutText(key, this.limits.string)
    const kind = keyKind(key)
    const shown =
      kind === 'plain' ? value : hideSecret(kind, key, value, siblings)
    const copy = this.value(shown, depth + 1)
    if (kind === 'name' && namesSecret(copy)) this.namesSecret = true
    const isProse = kind === 'prose' && typeof copy === 'string'
    out[name] = isProse ? maskText(copy) : copy
  }
}
