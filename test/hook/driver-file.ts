import t from 'tap'
import { parseDriverFile } from '../../src/hook/driver-file.ts'

/** Where package managers put a driver. */
const ROOTS = [
  '/srv/app/node_modules/mongodb',
  '/srv/app/node_modules/mongoose/node_modules/mongodb',
  '/srv/app/node_modules/.pnpm/mongodb@7.9.0/node_modules/mongodb',
  '/srv/app/.yarn/cache/mongodb-npm-7.9.0-10c0.zip/node_modules/mongodb',
  '/srv/mongodb shop/node_modules/mongodb',
]

t.test('a driver is known wherever it lies', async t => {
  for (const root of ROOTS) {
    const path = `${root}/lib/cursor/find_cursor.js`
    t.same(parseDriverFile(path), { root, file: 'lib/cursor/find_cursor' })
  }
})

t.test('a driver is known on Windows', async t => {
  t.same(
    parseDriverFile('C:\\app\\node_modules\\mongodb\\lib\\bulk\\common.js'),
    {
      root: 'C:\\app\\node_modules\\mongodb',
      file: 'lib/bulk/common',
    },
  )
})

t.test('its folder is known like its files', async t => {
  const root = '/srv/app/node_modules/mongodb'
  t.same(parseDriverFile(`${root}/lib`), { root, file: 'lib' })
  t.same(parseDriverFile(`${root}/lib/bulk`), { root, file: 'lib/bulk' })
})

t.test('other files are none of a driver', async t => {
  const others = [
    '/srv/app/node_modules/mongodb-core/lib/collection.js',
    '/srv/app/node_modules/mongoose/lib/collection.js',
    '/srv/app/node_modules/mongodb/node_modules/bson/lib/bson.js',
    '/srv/app/mongodb/lib/collection.js',
    '/srv/app/node_modules/mongodb/package.json',
    '/srv/app/node_modules/mongodb/library/collection.js',
    null,
    undefined,
  ]
  for (const path of others)
    t.equal(parseDriverFile(path), undefined, `${path}`)
})
