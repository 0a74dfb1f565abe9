import { resolve } from 'node:path'
import { checkFilePath } from '../outputs/file-path.ts'
import type { CheckedConfig } from './build-settings.ts'
import { findNode } from './config-url.ts'
import type { ConfigNode } from './node.ts'
import { type ConfigProblem, problemAt } from './problem.ts'

/** Paths at which no audit file may be, as the application would find them. */
export function checkPaths(
  { handlers }: CheckedConfig,
  root: ConfigNode,
): ConfigProblem[] {
  return Object.entries(handlers ?? {}).flatMap(([name, handler]) => {
    const { class: kind, filename } = handler as Record<string, unknown>
    if (kind !== 'file' || typeof filename !== 'string') return []
    const reason = whyRefused(resolve(filename))
    if (reason === undefined) return []
    const path = ['handlers', name, 'filename']
    const { node } = findNode(root, path)
    return [problemAt(node?.place, path, reason)]
  })
}

function whyRefused(filename: string): string | undefined {
  try {
    checkFilePath(filename)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
