import { X509Certificate } from 'node:crypto'
import { isAbsolute, resolve } from 'node:path'
import { createSecureContext } from 'node:tls'
import type { CheckedConfig } from './build-settings.ts'
import { findNode } from './config-url.ts'
import type { ConfigNode, ConfigPath } from './node.ts'
import { type ConfigProblem, problemAt } from './problem.ts'
import { readFileBounded } from './read-bounded.ts'
import { reasonOf } from './read-source.ts'

const MOST_BYTES = 4 * 1024 * 1024

const CERTIFICATE = /-----BEGIN [A-Z0-9 ]*CERTIFICATE-----/
const PEM = {
  ca: { name: 'certificates', pattern: CERTIFICATE },
  cert: { name: 'a certificate', pattern: CERTIFICATE },
  key: { name: 'a key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
} as const

type Part = keyof typeof PEM

/** Reads the files of `tls`, as the application will. */
export function checkTls(
  { handlers, transports }: CheckedConfig,
  root: ConfigNode,
): ConfigProblem[] {
  return Object.entries({ handlers, transports }).flatMap(([section, parts]) =>
    Object.entries(parts ?? {}).flatMap(([name, { tls }]) =>
      tls === undefined ? [] : problemsOf(tls, [section, name, 'tls'], root),
    ),
  )
}

function problemsOf(
  tls: unknown,
  path: ConfigPath,
  root: ConfigNode,
): ConfigProblem[] {
  const read: { [part in Part]?: string } = {}
  const problems: ConfigProblem[] = []
  for (const part of Object.keys(PEM) as Part[]) {
    const file: unknown = Object(tls)[part]
    if (typeof file !== 'string' || file.includes('\0')) continue
    const at = [...path, part]
    const { place } = findNode(root, at).node ?? {}
    try {
      const text = readFileBounded(resolve(file), MOST_BYTES).toString()
      const { name, pattern } = PEM[part]
      if (pattern.test(text)) read[part] = text
      else
        problems.push(
          problemAt(place, at, `Expected ${name} in PEM form in this file`),
        )
    } catch (error) {
      const hint = hintFor(Object(error).code, file)
      const problem = problemAt(place, at, reasonOf(error), { hint })
      problems.push({ ...problem, isWarning: hint !== undefined })
    }
  }
  return problems.every(({ isWarning }) => isWarning)
    ? [...problems, ...misfit(read, path, root)]
    : problems
}

/** Why it may yet be right where the application runs; undefined: it is not. */
function hintFor(code: unknown, file: string): string | undefined {
  if (code === 'EACCES') return 'the user of the application may'
  if (code !== 'ENOENT') return undefined
  return isAbsolute(file)
    ? 'it must be there when the application starts'
    : `a relative path counts from the folder of the process, here ${process.cwd()}`
}

function misfit(
  read: { readonly [part in Part]?: string },
  path: ConfigPath,
  root: ConfigNode,
): ConfigProblem[] {
  try {
    createSecureContext(read)
    if (read.ca !== undefined) new X509Certificate(read.ca) // it takes any
    return []
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const message = `These are no certificates and key: ${why}`
    return [problemAt(findNode(root, path).node?.place, path, message)]
  }
}
