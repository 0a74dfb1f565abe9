import { join, resolve } from 'node:path'
import { MongowatchError } from '../errors.ts'
import type { Chain } from '../integrity/chain.ts'
import type { Destination } from './destination.ts'
import { checkFilePath } from './file-path.ts'
import { integrityOf } from './integrity-options.ts'
import { FILES } from './lazy.ts'
import type { LineSource } from './line-source.ts'
import {
  amount,
  bufferLimits,
  choice,
  type Options,
  permissions,
  plain,
  text,
} from './option-values.ts'
import type { HandlerEntry } from './output-settings.ts'
import type { TransportSpec } from './transport-spec.ts'

const WINSTON = 'winston.transports.'

/** Makes the destination of one handler; throws what its user can mend. */
type CreateDestination = (options: Options, source: LineSource) => Destination

/** What can stand under `class`, besides winston's own transports. */
const DESTINATIONS: Readonly<Record<string, CreateDestination>> = {
  console: createConsole,
  file: createFile,
  otlp: (options, source) => FILES.otlp().createOtlp(options, source),
  syslog: (options, source) => FILES.syslog().createSyslog(options, source),
}

/** The destination that an entry of `handlers` names. */
export function createDestination(
  { class: type = '', module, options }: HandlerEntry,
  source: LineSource,
): Destination {
  const spec = specOf(type, module, options)
  if (spec !== undefined) return createTransport(spec, options, source)
  const create = DESTINATIONS[type]
  if (create !== undefined) return create(options, source)
  throw new MongowatchError(
    'MONGOWATCH_OPTION',
    `class: expected ${Object.keys(DESTINATIONS).join(', ')} or ${WINSTON}NAME, got ${type}`,
  )
}

function specOf(
  type: string,
  module: string | undefined,
  options: Options,
): TransportSpec | undefined {
  const isOwn = module === undefined && type.startsWith(WINSTON)
  if (module === undefined && !isOwn) return undefined
  const name = isOwn
    ? type.slice(WINSTON.length)
    : String(options.export ?? 'default')
  const main = require.main?.filename ?? process.argv[1]
  const places = [main, join(process.cwd(), 'package.json')]
  return {
    module,
    name,
    options: plain(options.options),
    places: places.filter(place => place !== undefined),
  }
}

function createTransport(
  spec: TransportSpec,
  options: Options,
  source: LineSource,
): Destination {
  const buffer = bufferLimits(options)
  const { belongsHere, transportFrom } = FILES.transport()
  if (!belongsHere(spec)) {
    const { ThreadDestination } = FILES.thread()
    const program = { file: 'transport-thread', spec }
    return new ThreadDestination({ program, buffer }, source)
  }
  const { WinstonDestination } = FILES.winston()
  return new WinstonDestination({ create: transportFrom(spec), buffer }, source)
}

function createConsole(options: Options, source: LineSource): Destination {
  const { ConsoleDestination } = FILES.console()
  return new ConsoleDestination(
    {
      stream: choice(options, 'stream', ['stderr', 'stdout']),
      color: choice(options, 'color', ['auto', 'always', 'never']),
      maxLineBytes: amount(options, 'maxLineBytes', 4096),
      buffer: bufferLimits(options),
    },
    source,
  )
}

function createFile(options: Options, source: LineSource): Destination {
  const filename = resolve(text(options, 'filename'))
  checkFilePath(filename)
  const { FileDestination } = FILES.file()
  return new FileDestination(
    {
      filename,
      mode: permissions(options, 0o640),
      fsync: options.fsync === true,
      maxBytes: amount(options, 'maxBytes', undefined),
      every: amount(options, 'every', undefined),
      backupCount: amount(options, 'backupCount', 0),
      maxAge: amount(options, 'maxAge', undefined),
      compress: options.compress === 'gzip',
      guarantee: choice(options, 'guarantee', [
        'batched',
        'written',
        'write_ahead',
      ]),
      onFailure: choice(options, 'onFailure', ['drop', 'refuse']),
      buffer: bufferLimits(options),
      chain: createChain(filename, options),
    },
    source,
  )
}

function createChain(filename: string, options: Options): Chain | undefined {
  const integrity = integrityOf(options)
  if (integrity === undefined) return undefined
  const { Chain } = FILES.chain()
  return new Chain({ filename, key: integrity.key })
}
