import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createUser, initiateReplicaSet } from './admin.ts'
import { type ServerChild, startChild } from './child.ts'
import { findMongod, freePort, isStandalone, mongodFlags } from './mongod.ts'
import type { RunningServer, ServerOptions } from './options.ts'
import { secantusCommand, secantusFlags } from './secantus.ts'

/**
 * Starts a MongoDB server for tests and the demo, on a free loopback port:
 * MONGOWATCH_TEST_URI if set and nothing special is asked for, else `mongod`
 * of PATH, else SecantusDB, installed on first use. It ends with this process
 * at the latest.
 */
export async function startServer(
  options: ServerOptions = {},
): Promise<RunningServer> {
  const say = options.say ?? sayOnStderr
  const given = process.env.MONGOWATCH_TEST_URI
  if (given && !isSpecial(options)) {
    say('server: the one of MONGOWATCH_TEST_URI')
    return { uri: given, kind: 'given', stop: async () => {} }
  }
  const mongod = findMongod()
  const launch = mongod ? mongodLauncher(mongod) : await secantusLauncher(say)
  const child = await launchWithUser(options, launch)
  say(`server: ${mongod ?? 'SecantusDB'} on 127.0.0.1:${child.port}`)
  return {
    uri: uriOf(child.port, options),
    kind: mongod ? 'mongod' : 'secantusdb',
    stop: () => child.stop(),
  }
}

/** Where a server keeps its data, and what to remove at its end. */
interface Data {
  storage: string
  throwAway?: string | undefined
}

type Launch = (options: ServerOptions, data: Data) => Promise<ServerChild>

async function secantusLauncher(say: (line: string) => void): Promise<Launch> {
  const command = await secantusCommand(say)
  return (options, { storage, throwAway }) =>
    startChild({
      command: [...command, ...secantusFlags(options, storage)],
      ready: /listening on (?:TCP )?127\.0\.0\.1:(\d+)/i,
      throwAway,
    })
}

function mongodLauncher(mongod: string): Launch {
  return async (options, { storage, throwAway }) => {
    const port = await freePort()
    const child = await startChild({
      command: [mongod, ...mongodFlags(options, storage, port)],
      ready: /waiting for connections.*?port\D{1,3}(\d+)/i,
      throwAway,
    })
    if (!isStandalone(options)) await initiateReplicaSet(uriOf(port, options))
    return child
  }
}

/** A user is created while no password is needed; then it is. */
async function launchWithUser(
  options: ServerOptions,
  launch: Launch,
): Promise<ServerChild> {
  const throwAway = options.storage ? undefined : temporaryFolder()
  const storage = options.storage ?? throwAway ?? ''
  const { auth, ...open } = options
  if (auth) {
    const first = await launch({ ...open, standalone: true }, { storage })
    await createUser(uriOf(first.port, open), auth)
    await first.stop('SIGTERM') // it must write the user down
  }
  return launch(options, { storage, throwAway })
}

function uriOf(port: number, { auth, tls }: ServerOptions): string {
  const user = auth && `${encode(auth.user)}:${encode(auth.password)}@`
  const ca = tls && `?tls=true&tlsCAFile=${encode(tls.caFile)}`
  return `mongodb://${user ?? ''}127.0.0.1:${port}/${ca ?? ''}`
}

const encode = encodeURIComponent

function isSpecial(options: ServerOptions): boolean {
  const { auth, tls, standalone, testCommands, storage, own } = options
  return Boolean(auth || tls || standalone || testCommands || storage || own)
}

function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'mongowatch-data-'))
}

function sayOnStderr(line: string): void {
  process.stderr.write(`${line}\n`)
}
