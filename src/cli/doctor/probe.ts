import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** How a probe ended. */
export interface Probe {
  readonly ok: boolean
  readonly stdout: string
  readonly stderr: string
}

const SECONDS = 30

/** Records nothing: a probe must not write into the audit. */
const SILENT =
  'version: 1\nhandlers: {}\nloggers: {mongowatch: {handlers: []}}\n'

/** Runs code in a new `node`, as any program started here would be. */
export function probe(
  code: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Probe {
  const folder = mkdtempSync(join(tmpdir(), 'mongowatch-doctor-'))
  try {
    const config = join(folder, 'silent.yaml')
    writeFileSync(config, SILENT)
    const result = spawnSync(process.execPath, [...args, '-e', code], {
      encoding: 'utf8',
      env: { ...env, MONGOWATCH_CONFIG: config },
      timeout: SECONDS * 1000,
    })
    const { stdout = '', stderr = '' } = result
    return { ok: result.status === 0, stdout: stdout.trim(), stderr }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
