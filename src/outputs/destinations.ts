import { resolve } from 'node:path'
import { MongowatchError } from '../errors.ts'
import { ConsoleDestination } from './console.ts'
import type { Destination } from './destination.ts'
import { FileDestination } from './file.ts'
import { checkFilePath } from './file-path.ts'
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
import { moduleTransport, winstonTransport } from './transport-class.ts'
import { WinstonDestination } from './winston-transport.ts'

const WINSTON = 'winston.transports.'

/** Makes the destination of one handler; throws what its user can mend. */
type CreateDestination = (options: Options, source: LineSource) => Destination

/** What can stand under `class`, besides winston's own transports. */
const DESTINATIONS: Readonly<Record<string, CreateDestination>> = {
  console: (options, source) =>
    new ConsoleDestination(
      {
        stream: choice(options, 'stream', ['stderr', 'stdout']),
        color: choice(options, 'color', ['auto', 'always', 'never']),
        maxLineBytes: amount(options, 'maxLineBytes', 4096),
        buffer: bufferLimits(options),
      },
      source,
    ),
  file: createFile,
}

/** The destination that an entry of `handlers` names. */
export function createDestination(
  { class: type = '', module, options }: HandlerEntry,
  source: LineSource,
): Destination {
  if (module !== undefined) return createForeign(module, options, source)
  if (type.startsWith(WINSTON)) return createWinston(type, options, source)
  const create = DESTINATIONS[type]
  if (create !== undefined) return create(options, source)
  throw new MongowatchError(
    'MONGOWATCH_OPTION',
    `class: expected ${Object.keys(DESTINATIONS).join(', ')} or ${WINSTON}NAME, got ${type}`,
  )
}

function createForeign(
  module: string,
  options: Options,
  source: LineSource,
): Destination {
  const name = String(options.export ?? 'default')
  const create = moduleTransport(module, name, plain(options.options))
  const buffer = bufferLimits(options)
  return new WinstonDestination({ create, isForeign: true, buffer }, source)
}

function createWinston(
  type: string,
  options: Options,
  source: LineSource,
): Destination {
  const name = type.slice(WINSTON.length)
  const create = winstonTransport(name, plain(options.options))
  const buffer = bufferLimits(options)
  return new WinstonDestination({ create, isForeign: false, buffer }, source)
}

function createFile(options: Options, source: LineSource): Destination {
  const filename = resolve(text(options, 'filename'))
  checkFilePath(filename)
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
    },
    source,
  )
}
