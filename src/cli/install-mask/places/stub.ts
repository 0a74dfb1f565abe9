import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { PACKAGE_FOLDER } from '../../../package.ts'
import { CommandError } from '../../problem.ts'
import type { Place } from '../place.ts'
import { stubText } from './stub-text.ts'

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
  install: (text, { where }, current = text) => {
    if (current?.startsWith(PACKAGED)) return current
    if (current === undefined || current.startsWith(BEGIN)) {
      return BEGIN + stubText(packages(current, where.root))
    }
    throw new CommandError('there is another file already; choose --stub')
  },
  uninstall: text => (text.startsWith(BEGIN) ? undefined : text),
  note: () => 'It does nothing by itself.',
}

/** This package, what other projects installed, and the usual places. */
function packages(current: string | undefined, root: string): string[] {
  const own = ownFile(root)
  const known = knownFiles(current).filter(
    file => file === own || existsSync(join(root, file)),
  )
  const first = known.includes(own) ? known : [own, ...known]
  const files = first.filter(file => !GLOBAL_FILES.includes(file))
  return [...new Set([...files, ...GLOBAL_FILES])]
}

/** This package as programs below the root will see it. */
function ownFile(root: string): string {
  const own = join(PACKAGE_FOLDER, 'register.cjs')
  const inside = root === '' ? '' : relative(root, own)
  return inside === '' || inside.startsWith('..') ? own : `/${inside}`
}

/** The packages of a stub that is there already. */
function knownFiles(current: string | undefined): string[] {
  const list = /^var files = (\[\n[\s\S]*?\n\])$/m.exec(current ?? '')?.[1]
  const bytes = Buffer.from(list ?? '[]', 'latin1')
  const files: unknown = JSON.parse(`${bytes}`)
  return Array.isArray(files) ? files.map(String) : []
}
