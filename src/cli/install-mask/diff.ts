import { createTwoFilesPatch } from 'diff'
import type { Paint } from '../paint.ts'
import type { Change } from './change.ts'

const NOTHING = '/dev/null'

/** A change as `diff -u` shows it. */
export function changeDiff(change: Change, paint: Paint): string {
  const { before, after, file } = change
  const patch = createTwoFilesPatch(
    before === undefined ? NOTHING : file,
    after === undefined ? NOTHING : file,
    readable(before),
    readable(after),
    undefined,
    undefined,
    {
      context: 3,
      headerOptions: {
        includeIndex: false,
        includeUnderline: false,
        includeFileHeaders: true,
      },
    },
  )
  return patch
    .split('\n')
    .map(line => paintLine(line.replaceAll('\t', '    '), paint))
    .join('\n')
}

/** Bytes as UTF-8, so that names in comments look right. */
function readable(text = ''): string {
  return Buffer.from(text, 'latin1').toString('utf8').replaceAll('\r', '')
}

function paintLine(line: string, paint: Paint): string {
  if (line.startsWith('+++') || line.startsWith('---')) {
    return paint('bold', line)
  }
  if (line.startsWith('+')) return paint('green', line)
  if (line.startsWith('-')) return paint('red', line)
  return line.startsWith('@@') ? paint('cyan', line) : line
}
