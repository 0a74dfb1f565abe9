import { dirname, resolve } from 'node:path'
import { packageVersion } from '../../package.ts'
import type { Run } from '../command.ts'
import { readSurroundings } from '../install-mask/surroundings.ts'
import { painter } from '../paint.ts'
import { CommandError } from '../problem.ts'
import { examineConfiguration } from './configuration.ts'
import { examineDrivers } from './drivers.ts'
import { examineEnvironment } from './environment.ts'
import { findingLine, good } from './finding.ts'

/** `mongowatch doctor`. */
export const run: Run = async ({ args, values }, io) => {
  const mainScript = args[0] === undefined ? undefined : findScript(args[0])
  const cwd = process.cwd()
  const folder = mainScript === undefined ? cwd : dirname(mainScript)
  const env = { ...io.env }
  const findings = [
    good(`mongowatch ${packageVersion()} with Node ${process.versions.node}`),
    ...examineEnvironment(readSurroundings(values, env)),
    ...examineDrivers(folder, env),
    ...examineConfiguration({ cwd, mainScript, env }),
  ]
  const paint = painter(io.stdout, io.env)
  for (const finding of findings) {
    io.stdout.write(`${findingLine(finding, paint)}\n`)
  }
  return findings.some(finding => finding.state === 'bad') ? 1 : 0
}

/** The file that `node SCRIPT` would start. */
function findScript(name: string): string {
  try {
    return require.resolve(resolve(name))
  } catch (error) {
    throw new CommandError(`${name}: node finds no such script`, {
      cause: error,
    })
  }
}
