import t from 'tap'
import { compare, type Format } from '../fixtures/differential.ts'
import { VERSIONS } from '../fixtures/drivers.ts'
import { driverPath } from '../fixtures/packages.ts'
import { useServer } from '../fixtures/server.ts'

const FORMATS: readonly Format[] = ['cjs', 'esm']

t.setTimeout(600_000)

t.test('an application sees the same with the mask', async t => {
  const { uri } = await useServer(t)
  for (const version of VERSIONS) {
    const packagePath = await driverPath(version)
    for (const format of FORMATS) {
      await t.test(`driver ${version}, ${format}`, async t => {
        const seen = await compare(t, { packagePath, uri, format })
        t.equal(seen.difference, '')
        t.equal(seen.bare.code, 0, seen.bare.stderr)
        t.match(seen.bare.stdout, '## at the end')
        t.notMatch(seen.bare.stdout, 'the program failed')
        t.ok(seen.records.length > 200, 'the mask was on')
      })
    }
  }
})

interface Exit {
  title: string
  ends: (version: string) => number
  drivers?: RegExp
}
const EXITS: Exit[] = require('../fixtures/application/programs/exits.cjs')

t.test('an application ends in the same way with the mask', async t => {
  const { uri } = await useServer(t)
  for (const version of VERSIONS) {
    const packagePath = await driverPath(version)
    for (const { title, ends, drivers } of EXITS) {
      if (drivers?.test(version) === false) continue
      // the loader of the application makes no difference to its end
      const format: Format = version.startsWith('7') ? 'esm' : 'cjs'
      await t.test(`${title}, driver ${version}, ${format}`, async t => {
        const programs = `^exits: ${title}$`
        const isAlone = true
        const application = { packagePath, uri, format, programs, isAlone }
        const seen = await compare(t, application)
        t.equal(seen.difference, '')
        t.equal(
          seen.bare.code,
          ends(version),
          seen.bare.stdout + seen.bare.stderr,
        )
        t.ok(seen.records.length > 0, 'the mask was on')
      })
    }
  }
})
