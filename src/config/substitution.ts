import { createHash } from 'node:crypto'
import { closeSync, fstatSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { ResolvedValues } from './hide-resolved.ts'
import type { Place } from './node.ts'
import { openNow } from './read-bounded.ts'

/** A text after the substitution, or why there is none. */
export interface Substituted {
  readonly text: string
  readonly mistake?: { readonly message: string; readonly hint?: string }
}

/** Files that `${file:…}` named, with the SHA-256 of what they held. */
export type SeenFiles = Map<string, string>

/** Replaces every `${…}` in a text. */
export type Substitution = (
  text: string,
  place: Place | undefined,
) => Substituted

/** A secret, not a library, is what `${file:…}` reads. */
const MAX_FILE_BYTES = 64 * 1024
/** All substituted texts of one configuration together. */
const MAX_TOTAL = 1024 * 1024

const REFERENCE = /\$\$\{|\$\{([^{}]*)\}/g

class Mistake extends Error {
  readonly hint: string | undefined

  constructor(message: string, hint?: string) {
    super(message)
    this.hint = hint
  }
}

/** `$${` stands for `${` itself. */
export function createSubstitution(
  env: NodeJS.ProcessEnv,
  seen: SeenFiles = new Map(),
  values: ResolvedValues = new Map(),
): Substitution {
  let total = 0
  const replace = (body: string, place: Place | undefined): string => {
    const value = referencedText(body, env, place, seen)
    const isWritten = body.endsWith(`:-${value}`) // a default is no secret
    if (!isWritten) values.set(value, `\${${body}}`)
    total += value.length
    if (total <= MAX_TOTAL) return value
    throw new Mistake('References make the configuration too large')
  }
  return (text, place) => {
    try {
      refuseOpen(text)
      return {
        text: text.replaceAll(REFERENCE, (_, body?: string) =>
          body === undefined ? '${' : replace(body, place),
        ),
      }
    } catch (error) {
      if (!(error instanceof Mistake)) throw error
      const { message, hint } = error
      const mistake = hint === undefined ? { message } : { message, hint }
      return { text: '', mistake }
    }
  }
}

/** One that is not closed, or holds another, would stay as it is written. */
function refuseOpen(text: string): void {
  const rest = text.replaceAll(REFERENCE, '')
  const start = rest.indexOf('${')
  if (start === -1) return
  const shown = JSON.stringify(rest.slice(start, start + 60))
  throw new Mistake(
    `Expected \${env:NAME} or \${file:PATH} without another in it, and a } at its end, got ${shown}`,
    '$${ stands for ${ itself',
  )
}

function referencedText(
  body: string,
  env: NodeJS.ProcessEnv,
  place: Place | undefined,
  seen: SeenFiles,
): string {
  const [, kind, rest = ''] = /^(\w+):(.*)$/s.exec(body) ?? []
  if (kind === 'env') return fromEnvironment(rest, env)
  if (kind === 'file') return fromFile(rest, place, seen)
  const shown = JSON.stringify(body.slice(0, 60))
  throw new Mistake(
    `Expected \${env:NAME} or \${file:PATH}, got ${shown} in \${}`,
    /^\w+$/.test(body) ? `did you mean \${env:${body}}?` : undefined,
  )
}

function fromEnvironment(text: string, env: NodeJS.ProcessEnv): string {
  const [name = '', ...rest] = text.split(':-')
  const value = env[name]
  if (value !== undefined && value !== '') return value
  if (rest.length > 0) return rest.join(':-')
  if (value === '') return ''
  throw new Mistake(
    `The environment has no ${JSON.stringify(name.slice(0, 60))}`,
    `\${env:${name.slice(0, 60)}:-default} has a default`,
  )
}

function fromFile(
  text: string,
  place: Place | undefined,
  seen: SeenFiles,
): string {
  const base = place === undefined ? '.' : dirname(place.source.path)
  const path = resolve(base, text)
  let descriptor: number | undefined
  seen.set(path, '') // looked for, even when it is not there yet
  try {
    descriptor = openNow(path)
    const stats = fstatSync(descriptor)
    if (!stats.isFile()) throw new Mistake(`Expected a file at ${path}`)
    if (stats.size > MAX_FILE_BYTES)
      throw new Mistake(`Expected at most ${MAX_FILE_BYTES} bytes in ${path}`)
    const bytes = readFileSync(descriptor)
    seen.set(path, createHash('sha256').update(bytes).digest('hex'))
    return bytes.toString('utf8').replace(/\r?\n$/, '')
  } catch (error) {
    if (error instanceof Mistake) throw error
    throw new Mistake(`Cannot read ${path}: ${reasonOf(error)}`)
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error
    ? String(error.code)
    : String(error)
}
