import t from 'tap'
import { readPath } from '../../src/record/read-path.ts'

const document = {
  a: { b: [1, { c: 2 }] },
  'a.b': { d: 3 },
  'x.y': { z: 4 },
  n: null,
}

const FOUND: Record<string, unknown> = {
  'a.b.0': 1,
  'a.b.1.c': 2,
  'a.b.d': 3,
  'x.y.z': 4,
  n: null,
  'n.a': undefined,
  'a.nowhere': undefined,
  'a.constructor.name': undefined,
  'a.__proto__': undefined,
}

t.test(
  'a path leads to own properties, through keys with dots too',
  async t => {
    for (const [path, value] of Object.entries(FOUND)) {
      t.equal(readPath(document, path.split('.')), value, path)
    }
    t.equal(readPath(document, ['a', 'b', 'length']), 2)
  },
)
