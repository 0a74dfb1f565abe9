import t from 'tap'
import { ESSENTIAL, TARGETS } from '../../src/hook/targets.ts'
import { REGISTER_CJS } from '../fixtures/hook.ts'
import { DRIVERS, driverPath } from '../fixtures/packages.ts'
import { run } from '../fixtures/run.ts'

t.setTimeout(300_000)

/** What an application sees of the wanted files of a driver. */
interface Seen {
  /** `file name` of each wanted export. */
  found: string[]
  /** Those of them that are watched. */
  watched: string[]
  /** All exports of each file, and how they are defined. */
  shapes: Record<string, unknown>
}

const LIST = `
  const { existsSync } = require('node:fs')
  const [, , root, targets] = process.argv
  require(root)
  const seen = { found: [], watched: [], shapes: {} }
  for (const [file, names] of Object.entries(JSON.parse(targets))) {
    const path = root + '/' + file + '.js'
    if (!existsSync(path)) continue
    const exports = require(path)
    for (const name of names) {
      if (exports[name] === undefined) continue
      seen.found.push(file + ' ' + name)
      const prototype = Object(exports[name].prototype)
      const meeting = require('node:diagnostics_channel').channel(Symbol.for('mongowatch.patched.v1'))
      if (meeting.patched?.has(prototype)) seen.watched.push(file + ' ' + name)
    }
    const properties = Object.getOwnPropertyDescriptors(exports)
    seen.shapes[file] = Object.entries(properties).map(
      ([key, { value, get, ...flags }]) =>
        [key, typeof value, value?.name, value?.length, typeof get, flags])
  }
  console.log(JSON.stringify(seen))`

const found = new Set<string>()

for (const version of DRIVERS) {
  t.test(`driver ${version}`, async t => {
    const root = await driverPath(version)
    const see = async (preload: readonly string[]): Promise<Seen> => {
      const files = { 'app.cjs': LIST }
      const args = [...preload, 'app.cjs', root, JSON.stringify(TARGETS)]
      const { code, stdout, stderr } = await run(t, {
        args,
        files,
        mask: 'none',
      })
      t.match({ code, stderr }, { code: 0, stderr: '' })
      return JSON.parse(stdout)
    }
    const bare = await see([])
    const masked = await see(['--require', REGISTER_CJS])
    const late = await see(['--require', root, '--require', REGISTER_CJS])

    for (const name of bare.found) found.add(name)
    t.same(bare.watched, [])
    for (const [file, name] of Object.entries(ESSENTIAL)) {
      t.ok(masked.watched.includes(`${file} ${name}`), `${name} is watched`)
    }
    t.same(late.watched, masked.watched, 'as many when it was loaded before us')
    t.same(masked.shapes, bare.shapes, 'the exports are defined as they were')
    t.same(late.shapes, bare.shapes)
  })
}

t.test('every wanted export is in one of these drivers', async t => {
  const wanted = Object.entries(TARGETS).flatMap(([file, names]) =>
    names.map(name => `${file} ${name}`),
  )
  t.same(
    wanted.filter(name => !found.has(name)),
    [],
  )
})
