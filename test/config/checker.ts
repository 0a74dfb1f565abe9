import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import t from 'tap'
import { Checker } from '../../src/config/checker.ts'
import { nodeFromObject } from '../../src/config/from-object.ts'
import { loadSchema } from '../../src/config/schema.ts'
import { mutatedConfig, SEED } from '../fixtures/config/mutations.ts'
import { SAMPLES } from '../fixtures/config/samples.ts'

const ajv = new Ajv2020({ strict: false, allErrors: false })
const isValidForAjv = ajv.compile(loadSchema())

function check(value: unknown) {
  const { root, problems } = nodeFromObject(value)
  if (root === undefined) throw new Error(String(problems[0]?.message))
  const checker = new Checker(loadSchema())
  return { value: checker.check(root), problems: checker.problems }
}

t.test('the schema itself is a valid one', async t => {
  t.equal(ajv.validateSchema(loadSchema()), true)
})

t.test('valid configurations hold no mistake', async t => {
  for (const sample of SAMPLES) {
    t.same(check(sample).problems, [])
    t.equal(isValidForAjv(sample), true)
  }
})

t.test('an independent validator agrees on every mutation', async t => {
  let invalid = 0
  fc.assert(
    fc.property(mutatedConfig(SAMPLES), config => {
      const plain: unknown = JSON.parse(JSON.stringify(config))
      fc.pre(nodeFromObject(plain).problems.length === 0)
      const expected = isValidForAjv(plain)
      if (!expected) invalid++
      return (check(plain).problems.length === 0) === expected
    }),
    { numRuns: 3000, seed: SEED },
  )
  t.ok(invalid > 1000, 'most mutations are mistakes')
})

t.test('known keys become camelCase, names and options stay', async t => {
  const { value } = check({
    handlers: {
      my_file: {
        class: 'file',
        filename: 'a',
        max_bytes: '1MiB',
        queue: { max_records: 5 },
      },
      any: { class: 'winston.transports.Http', options: { a_b: { c_d: 1 } } },
    },
    filters: { a_b: { match: { Filter: { x_y: 1 } } } },
  })
  t.same(value, {
    handlers: {
      my_file: {
        class: 'file',
        filename: 'a',
        maxBytes: 1048576,
        queue: { maxRecords: 5 },
      },
      any: { class: 'winston.transports.Http', options: { a_b: { c_d: 1 } } },
    },
    filters: { a_b: { match: { Filter: { x_y: 1 } } } },
  })
})

/** Filters and rules of arguments are used whole or not at all. */
const ATOMIC = /^filters\b|\.(operations\.\w+\.\w+|result|undefined_arguments)$/

t.test('an unknown key anywhere is told, and nothing else is lost', async t => {
  let told = 0
  for (const sample of SAMPLES) {
    const whole = JSON.stringify(check(sample).value)
    for (const path of mapPaths(sample)) {
      const config = structuredClone(sample)
      const map = path.reduce<unknown>(
        (at, key) => Reflect.get(Object(at), key),
        config,
      )
      Reflect.set(Object(map), 'un_known', 1)
      const { value, problems } = check(config)
      if (problems.length === 0 || ATOMIC.test(path.join('.'))) continue
      told++
      if (path.length === 1 || !/Unknown key/.test(problems[0]?.message ?? ''))
        continue
      t.equal(problems[0]?.path.endsWith('un_known'), true)
      t.equal(JSON.stringify(value), whole)
    }
  }
  t.ok(told > 20)
})

function mapPaths(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return []
  const inner = Object.entries(value).flatMap(([key, child]) =>
    mapPaths(child, [...path, key]),
  )
  return [path, ...inner]
}

t.test('sizes and durations have units', async t => {
  const cases: readonly [string, string | number, number][] = [
    ['max_bytes', 5, 5],
    ['max_bytes', '5', 5],
    ['max_bytes', '5B', 5],
    ['max_bytes', '5 kB', 5000],
    ['max_bytes', '1.5KiB', 1536],
    ['max_bytes', '2MB', 2_000_000],
    ['max_bytes', '1G', 1_000_000_000],
    ['max_age', 1.5, 1.5],
    ['max_age', '500ms', 0.5],
    ['max_age', '2 h', 7200],
    ['max_age', '1d', 86_400],
    ['max_age', '1w', 604_800],
  ]
  for (const [key, written, expected] of cases) {
    const { value, problems } = check({
      handlers: { a: { class: 'file', filename: 'x', [key]: written } },
    })
    t.same(problems, [])
    const camel = key === 'max_bytes' ? 'maxBytes' : 'maxAge'
    t.match(value, { handlers: { a: { [camel]: expected } } })
  }
  for (const wrong of ['', '5 m b', 'MiB', '1e9', -1, 0, '-5']) {
    const { problems } = check({
      handlers: { a: { class: 'file', filename: 'x', max_bytes: wrong } },
    })
    t.match(problems, [{ message: /^Expected a size such as 100MiB, got/ }])
  }
})

t.test('every level of both vocabularies is known in any case', async t => {
  for (const level of ['DEBUG', 'Warning', 'critical', 'silly', 'OFF']) {
    const { value, problems } = check({ loggers: { mongowatch: { level } } })
    t.same(problems, [])
    t.match(value, { loggers: { mongowatch: { level: level.toLowerCase() } } })
  }
})
