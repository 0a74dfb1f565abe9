import t from 'tap'
import {
  PathPatterns,
  stepDown,
  stepInto,
} from '../../src/filters/path-pattern.ts'

function fits(pattern: string, path: (string | number)[]): boolean {
  const patterns = new PathPatterns()
  patterns.add(pattern, 0)
  let match = patterns.start
  let isFound = false
  for (const name of path) {
    match =
      typeof name === 'number' ? stepInto(match, name) : stepDown(match, name)
    if (match.rule === 0) isFound = true
  }
  return isFound
}

const CASES: [pattern: string, path: (string | number)[], fits: boolean][] = [
  ['Filter', ['Filter'], true],
  ['Filter', ['Update'], false],
  ['Filter.email', ['Filter', 'email'], true],
  ['Filter.email', ['Filter', 'email', '$in', 0], true],
  ['Filter.email', ['Filter', '$or', 1, 'email'], true],
  ['Filter.email', ['Filter', 'user', 'email'], false],
  ['Filter.email', ['Filter', 'emails'], false],
  ['Filter.*.email', ['Filter', 'user', 'email'], true],
  ['Filter.*.email', ['Filter', 'a', 'b', 'email'], false],
  ['Filter.**.email', ['Filter', 'email'], true],
  ['Filter.**.email', ['Filter', 'a', 3, 'b', 'email'], true],
  ['Filter.a.b', ['Filter', 'a.b'], true],
  ['Filter.a.b', ['Filter', 'a.b.c'], true],
  ['Filter.items.email', ['Filter', 'items.0.email'], true],
  ['Filter.items.email', ['Filter', 'items', '0', 'email'], true],
  ['Filter.items.*.email', ['Filter', 'items.0.email'], true],
  ['Filter.items.1.email', ['Filter', 'items.0.email'], false],
  ['Update.items.email', ['Update', '$set', 'items.3.email'], true],
  ['Update.items.email', ['Update', '$set', 'items.$[e].email'], true],
  ['Update.email', ['Update', '$set', 'email'], true],
  ['Update.$set', ['Update', '$set', 'email'], true],
  ['Filter.tags.0', ['Filter', 'tags', 0], true],
  ['Filter.tags.0', ['Filter', 'tags', 1], false],
  ['**.ssn', ['Options', 'let', 'ssn'], true],
  ['**', ['DBUser'], true],
  ['*.ssn', ['Filter', 'ssn'], true],
]

t.test('a pattern fits the paths it means', async t => {
  for (const [pattern, path, expected] of CASES) {
    t.equal(fits(pattern, path), expected, `${pattern} at ${path.join(' ')}`)
  }
})

t.test('a deep path stays cheap for every pattern', async t => {
  const deep = Array.from({ length: 2000 }, (_, i) =>
    i % 2 === 0 ? '$and' : 0,
  )
  t.equal(fits('**.**.**.*.*.**.x', ['Filter', ...deep]), false)
})
