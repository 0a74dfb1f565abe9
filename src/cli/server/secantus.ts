import { join } from 'node:path'
import { MongowatchError } from '../../errors.ts'
import { cacheFolder, installOnce } from './cache.ts'
import { runCommand } from './command.ts'
import type { ServerOptions } from './options.ts'

/** The embedded server, from PyPI; a separate process, never a dependency. */
export const SECANTUS = 'secantusdb==0.7.0b3'

/** Installs SecantusDB on first use; returns the command that starts it. */
export async function secantusCommand(
  say: (line: string) => void,
): Promise<string[]> {
  const folder = join(cacheFolder(), SECANTUS.replace('==', '-'))
  await installOnce(folder, async draft => {
    say(`installing ${SECANTUS} into ${folder}, once`)
    await run('python3', ['-m', 'venv', draft])
    const pip = ['-m', 'pip', 'install', '--quiet', '--no-input']
    await run(join(draft, 'bin/python'), [...pip, SECANTUS])
  })
  return [join(folder, 'bin/python'), join(folder, 'bin/secantusd-py')]
}

/** SecantusDB's flags for these options. */
export function secantusFlags(
  options: ServerOptions,
  storage: string,
): string[] {
  const flags = ['--host', '127.0.0.1', '--port', '0', '--log-level', 'INFO']
  flags.push('--storage-path', storage)
  if (options.testCommands) flags.push('--enable-test-commands')
  if (options.standalone) flags.push('--standalone')
  if (options.auth) flags.push('--auth')
  if (options.tls) {
    const { certFile, keyFile, caFile } = options.tls
    flags.push('--tls-cert-file', certFile, '--tls-key-file', keyFile)
    flags.push('--tls-ca-file', caFile)
  }
  return flags
}

async function run(command: string, args: string[]): Promise<void> {
  const { code, output } = await runCommand(command, args)
  if (code === 0) return
  throw new MongowatchError(
    'MONGOWATCH_NO_SERVER',
    `no MongoDB server to run on. Set MONGOWATCH_TEST_URI, or put mongod on PATH, or let SecantusDB be installed from PyPI (python3 with venv; on Debian: apt-get install python3-venv). The last failed: ${command} ${args.join(' ')}: ${lastLine(output)}`,
  )
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1) ?? ''
}
