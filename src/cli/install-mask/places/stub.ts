import { join, relative } from 'node:path'
import { CommandError } from '../../problem.ts'
import { PACKAGE_DIR } from '../../version.ts'
import type { Place } from '../place.ts'

const BEGIN = '// Written by mongowatch-install-mask, which also removes it.\n'
/** The Debian package has one of its own, which goes when that is purged. */
const PACKAGED = '// Belongs to the Debian package mongowatch'

/** Where a package manager puts the package for all users. */
const GLOBAL_FILES = [
  '/usr/lib/node_modules/mongowatch/register.cjs',
  '/usr/local/lib/node_modules/mongowatch/register.cjs',
]

/** What NODE_OPTIONS points to: it stays when the package is removed. */
export const STUB: Place = {
  name: 'stub',
  title: 'only the file that NODE_OPTIONS points to (for images)',
  reach: 'system',
  file: ({ root, stub }) => join(root, stub),
  install: (text, { where }) => {
    if (text?.startsWith(PACKAGED)) return text
    if (text === undefined || text.startsWith(BEGIN))
      return stubText(where.root)
    throw new CommandError('there is another file already; choose --stub')
  },
  uninstall: text => (text.startsWith(BEGIN) ? undefined : text),
  note: () => 'It does nothing by itself.',
}

/** Old syntax: NODE_OPTIONS brings it into every Node there is. */
function stubText(root: string): string {
  const own = join(PACKAGE_DIR, 'register.cjs')
  const inside = root === '' ? '' : relative(root, own)
  const file = inside === '' || inside.startsWith('..') ? own : `/${inside}`
  const files = [...new Set([file, ...GLOBAL_FILES])]
  return `${BEGIN}// Starts mongowatch where it is installed and does nothing where it is not:
// a missing file in NODE_OPTIONS would keep every Node program from starting.
'use strict'
var files = ${JSON.stringify(files, undefined, 2)}
for (var i = 0; i < files.length; i++) {
  try {
    require(files[i])
    break
  } catch (ignored) {
    // not installed there
  }
}
`
}
