import { emptyDocument } from '../record/marks.ts'

/** A copy of plain data that shares nothing with it. */
export function cloneValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return new Date(value.getTime())
  if (Array.isArray(value)) return value.map(cloneValue)
  const copy = emptyDocument()
  for (const [key, inner] of Object.entries(value)) {
    copy[key] = cloneValue(inner)
  }
  return copy
}
