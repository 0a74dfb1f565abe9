import { accessSync, constants } from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import { REPLICA_SET } from './admin.ts'
import type { ServerOptions } from './options.ts'

/** The path of `mongod`, if PATH has one. */
export function findMongod(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const name = process.platform === 'win32' ? 'mongod.exe' : 'mongod'
  return folders.map(folder => join(folder, name)).find(isExecutable)
}

/** mongod's flags for these options. */
export function mongodFlags(
  options: ServerOptions,
  data: string,
  port: number,
): string[] {
  const flags = ['--bind_ip', '127.0.0.1', '--port', String(port)]
  flags.push('--dbpath', data)
  if (!isStandalone(options)) flags.push('--replSet', REPLICA_SET)
  if (options.testCommands) flags.push('--setParameter', 'enableTestCommands=1')
  if (options.auth) flags.push('--auth')
  if (options.tls) {
    flags.push('--tlsMode', 'requireTLS', '--tlsCAFile', options.tls.caFile)
    flags.push('--tlsCertificateKeyFile', options.tls.keyFile)
    flags.push('--tlsAllowConnectionsWithoutCertificates')
  }
  return flags
}

/** With a password a replica set would need a key file too: standalone. */
export function isStandalone(options: ServerOptions): boolean {
  return options.standalone === true || options.auth !== undefined
}

/** A loopback port that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' ? (address?.port ?? 0) : 0
      server.close(() => resolve(port))
    })
  })
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
