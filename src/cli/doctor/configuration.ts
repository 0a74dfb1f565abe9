import { statSync } from 'node:fs'
import { loadSettings, placesOf } from '../../config/load-settings.ts'
import type { HandlerSettings } from '../../config/settings.ts'
import { isWritable } from '../install-mask/files.ts'
import { bad, type Finding, good, note } from './finding.ts'

/** What decides which files are read. */
interface Application {
  readonly cwd: string
  readonly mainScript: string | undefined
  readonly env: NodeJS.ProcessEnv
}

/** Which configuration is read, whether it is right, and what it writes. */
export function examineConfiguration(application: Application): Finding[] {
  const { settings, problems } = loadSettings({
    ...application,
    scope: 'thorough',
  })
  const files = settings.files.map(({ path }) => good(`configuration: ${path}`))
  const none = note(
    `no configuration file, so the defaults are used; looked for: ${placesOf(application).join(', ')}`,
  )
  const mistakes = bad(
    `${problems.length === 1 ? '1 mistake' : `${problems.length} mistakes`} in the configuration: mongowatch check-config says which`,
  )
  return [
    ...(files.length === 0 ? [none] : files),
    ...(problems.length === 0 ? [] : [mistakes]),
    ...Object.entries(settings.handlers).map(handlerFinding),
  ]
}

function handlerFinding([name, handler]: [string, HandlerSettings]): Finding {
  const { filename } = handler.options
  if (handler.class !== 'file' || typeof filename !== 'string') {
    return good(`handler ${name}: ${handler.class ?? handler.module}`)
  }
  if (statSync(filename, { throwIfNoEntry: false })?.isDirectory())
    return bad(`handler ${name}: ${filename} is a directory`)
  return isWritable(filename)
    ? good(`handler ${name}: ${filename} can be written`)
    : bad(`handler ${name}: ${filename} cannot be written by this user`)
}
