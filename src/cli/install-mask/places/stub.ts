import { join, relative } from 'node:path'
import { PACKAGE_DIR } from '../../version.ts'
import type { Place } from '../place.ts'

const BEGIN = '// Written by mongowatch-install-mask, which also removes it.\n'

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
  install: (_text, { where }) => stubText(where.root),
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
