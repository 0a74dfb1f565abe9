import { resolve } from 'node:path'
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
  text,
} from './option-values.ts'

/** Makes the destination of one handler; throws what its user can mend. */
export type CreateDestination = (
  options: Options,
  source: LineSource,
) => Destination

/** What can stand under `class`. */
export const DESTINATIONS: Readonly<Record<string, CreateDestination>> = {
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

function createFile(options: Options, source: LineSource): Destination {
  const filename = resolve(text(options, 'filename'))
  checkFilePath(filename)
  return new FileDestination(
    {
      filename,
      mode: permissions(options, 0o640),
      fsync: options.fsync === true,
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
