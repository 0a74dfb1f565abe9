import { styleText } from 'node:util'
import type { Io, Output } from './io.ts'

type Style = Parameters<typeof styleText>[0]

/** Puts a style on a text, or leaves it plain. */
export type Paint = (style: Style, text: string) => string

/**
 * Colours for a terminal that can show them, unless NO_COLOR says no;
 * FORCE_COLOR says yes for anything.
 */
export function painter(stream: Output, env: Io['env']): Paint {
  return hasColours(stream, env)
    ? (style, text) => styleText(style, text, { validateStream: false })
    : (_style, text) => text
}

/** May this stream show colours? */
export function hasColours(stream: Output, env: Io['env']): boolean {
  if (env.NO_COLOR) return false
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0'
  return stream.isTTY === true && env.TERM !== 'dumb'
}
