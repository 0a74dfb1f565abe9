import { equal } from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { runFile } from '../../../fixtures/command-line.ts'
import { installed, placeOf, requestFor } from '../../../fixtures/mask.ts'

const npm = placeOf('npm')

/** What a script prints under npm. */
async function run(
  text: string,
  stub: string,
  env: Record<string, string> = {},
) {
  const dir = t.testdir({ 'show.js': 'console.log(process.env.NODE_OPTIONS)' })
  writeFileSync(join(dir, 'package.json'), text)
  mkdirSync(join(stub, '..'), { recursive: true })
  writeFileSync(stub, '')
  const args = ['run', '--silent', 'start']
  const { stdout, stderr } = await runFile('npm', args, {
    cwd: dir,
    env: { HOME: dir, ...env },
  })
  if (stderr !== '') throw new Error(stderr)
  return stdout.trim().split('\n')
}

const manifest = (start: string) =>
  `{\n\t"name": "x",\n\t"scripts": {\n\t\t"pre": "y", "start": ${JSON.stringify(start)}\n\t}\n}`

t.test('npm runs the whole script with it', async t => {
  for (const folder of ['plain', 'with space "and quotes"']) {
    const stub = join(t.testdirName, folder, 'register.cjs')
    const request = requestFor('start', { stub })
    const { preload } = request
    const twice = installed(
      npm,
      manifest('node show.js && node show.js'),
      request,
    )
    t.same(
      await run(twice, stub),
      [preload, preload]
        .map(p => ` ${p}`.trim())
        .map((p, i) => (i === 0 ? p : ` ${p}`)),
    )
  }
})

t.test('what the script or the shell sets stays', async t => {
  const stub = join(t.testdirName, 'stub', 'register.cjs')
  const request = requestFor('start', { stub })
  const { preload } = request
  const inherited = installed(npm, manifest('node show.js'), request)
  t.same(await run(inherited, stub, { NODE_OPTIONS: '--no-warnings' }), [
    `--no-warnings ${preload}`,
  ])
  for (const own of ['--no-warnings', "'--no-warnings'", '"--no-warnings"']) {
    const set = installed(
      npm,
      manifest(`NODE_OPTIONS=${own} node show.js`),
      request,
    )
    t.same(await run(set, stub), [`${preload} --no-warnings`])
  }
})

t.test('any script comes back as it was', async t => {
  const script = fc.string({
    unit: fc.constantFrom(
      'node',
      ' ',
      '"',
      "'",
      '\\',
      'NODE_OPTIONS=',
      '--a',
      '\n',
      'é',
      '&& ',
    ),
  })
  const property = fc.property(script, fc.boolean(), (start, spaces) => {
    const stub = spaces ? '/a "b"/register.cjs' : '/a/register.cjs'
    const before = manifest(start)
    const after = installed(npm, before, requestFor('start', { stub }))
    equal(JSON.parse(after).scripts.pre, 'y')
  })
  t.doesNotThrow(() => fc.assert(property, { numRuns: 1000 }))
})

t.test('what is not there is said', async t => {
  const refuse = (text: string | undefined, message: string | RegExp) =>
    t.throws(() => npm.install(text, requestFor('start')), { message })
  refuse('{}', 'package.json has no script "start"')
  refuse(undefined, 'package.json has no script "start"')
  refuse('{"scripts": {"start": 3}}', 'package.json has no script "start"')
  t.throws(
    () =>
      npm.install(
        manifest('x'),
        requestFor('start', { stub: "/it's/register.cjs" }),
      ),
    {
      message: /^An npm script cannot carry "'"/,
    },
  )
})
