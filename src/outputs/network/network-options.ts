import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createSecureContext } from 'node:tls'
import { MongowatchError } from '../../errors.ts'
import type { Destination } from '../destination.ts'
import { checkFilePath } from '../file-path.ts'
import type { LineSource } from '../line-source.ts'
import {
  amount,
  bufferLimits,
  type Options,
  plain,
  text,
} from '../option-values.ts'
import { ThreadDestination } from '../thread-destination.ts'
import type { NetworkSpec, SpoolSpec, TlsSpec } from './network-spec.ts'

const MIB = 1024 * 1024
/** Where every batch has to stand a moment, it is a large one. */
const RECORDS = { otlp: 1_000, syslog: 5_000 } as const
/** More than a batch, so that the next one is there when one has left. */
const WINDOW = 10_000

/** A handler whose thread sends to this receiver. */
export function createNetwork(
  receiver: NetworkSpec['receiver'],
  options: Options,
  source: LineSource,
): Destination {
  const batch = plain(options.batch)
  const spec: NetworkSpec = {
    receiver,
    batch: {
      maxRecords: Math.max(
        1,
        amount(batch, 'maxRecords', RECORDS[receiver.kind]),
      ),
      maxBytes: amount(batch, 'maxBytes', MIB),
      delayMs: amount(batch, 'delaySec', 0.2) * 1000,
    },
    spool: spoolOf(plain(options.spool)),
  }
  const program = { file: 'network/network-thread', spec, isSilent: true }
  const buffer = bufferLimits(options)
  const window = Math.min(WINDOW, buffer.maxRecords)
  return new ThreadDestination({ program, buffer, window }, source)
}

/** `tls`: its files are read now, so that a mistake is said at once. */
export function tlsOf(options: Options): TlsSpec {
  const tls = plain(options.tls)
  const files = (['ca', 'cert', 'key'] as const)
    .filter(name => tls[name] !== undefined)
    .map(name => [name, contents(tls, name)])
  const spec: TlsSpec = Object.fromEntries(files)
  try {
    createSecureContext(spec)
  } catch (error) {
    throw wrong(`tls: these are no certificates and key: ${messageOf(error)}`)
  }
  if (tls.serverName === undefined) return spec
  return { ...spec, servername: text(tls, 'serverName') }
}

/** An error that the user can mend. */
export function wrong(message: string): MongowatchError {
  return new MongowatchError('MONGOWATCH_OPTION', message)
}

function contents(tls: Options, name: string): string {
  const path = resolve(text(tls, name))
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw wrong(`tls.${name}: ${messageOf(error)}`)
  }
}

function spoolOf(spool: Options): SpoolSpec | undefined {
  if (spool.directory === undefined) return undefined
  const directory = resolve(text(spool, 'directory'))
  checkFilePath(join(directory, 'batch'))
  return { directory, maxBytes: amount(spool, 'maxBytes', 256 * MIB) }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
