import { equal } from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { runFile } from '../../../fixtures/command-line.ts'
import { unlessInstalled } from '../../../fixtures/has-program.ts'
import { installed, placeOf, requestFor } from '../../../fixtures/mask.ts'

const systemd = placeOf('systemd')
const OPTION = '--require=/var/lib/mongowatch/register.cjs'

/** The drop-in of a service in a system that has these files. */
function dropIn(
  files: Record<string, string>,
  stub = '/var/lib/mongowatch/register.cjs',
  unit = 'shop',
): string {
  const root = t.testdir({})
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
  const request = requestFor(unit, { stub })
  const where = { ...request.where, root }
  return installed(systemd, undefined, { ...request, where })
}

const line = (value: string) => `Environment="NODE_OPTIONS=${value}"`

t.test('a unit without NODE_OPTIONS', async t => {
  const expected = [
    '# >>> mongowatch >>> [d] (this file was new)',
    '[Service]',
    line(OPTION),
    '# <<< mongowatch <<<',
    '',
  ].join('\n')
  t.equal(
    dropIn({
      'lib/systemd/system/shop.service': '[Service]\nExecStart=/bin/x\n',
    }).replace(/\[\w{8}\]/, '[d]'),
    expected,
  )
})

const UNIT = 'etc/systemd/system/shop.service'
const PLAIN = { [UNIT]: '[Service]\nExecStart=/bin/true\n' }

t.test('a unit that is nowhere is no unit', async t => {
  t.throws(() => dropIn({}), { message: /^there is no unit shop\.service in/ })
  t.throws(() => dropIn(PLAIN, undefined, 'shop.timer'), {
    message: /shop\.timer is no service/,
  })
})

t.test('what the unit says is said again', async t => {
  const units: [string, string][] = [
    ['Environment=NODE_OPTIONS=--a\n', '--a'],
    ['Environment="NODE_OPTIONS=--a --b" A=c\n', '--a --b'],
    ["Environment=A=1 'NODE_OPTIONS=--a'\n", '--a'],
    ['Environment=A=1 \\\n  NODE_OPTIONS=--a\n', '--a'],
    [
      'Environment="NODE_OPTIONS=--title=\\"x y\\" 5%%"\n',
      '--title=\\"x y\\" 5%%',
    ],
    ['Environment=NODE_OPTIONS="--a --b"\n', '--a --b'],
    ["Environment=A=1 NODE_OPTIONS=--a' --b' C=2\n", '--a --b'],
    ['Environment=NODE_OPTIONS=--a\\x20--b\n', '--a --b'],
    ['Environment="NODE_OPTIONS=--title=it\'s"\n', "--title=it's"],
    ['Environment=NODE_OPTIONS=--dir=%h/x\n', '--dir=%h/x'],
    ['  Environment = NODE_OPTIONS=--a\r\n', '--a'],
    ['Environment=A=1 \\\n# why\n  NODE_OPTIONS=--a\n', '--a'],
    ['[Install]\nEnvironment=NODE_OPTIONS=--other\n', ''],
    ['Environment=NODE_OPTIONS=--a\nEnvironment=NODE_OPTIONS=--b\n', '--b'],
  ]
  for (const [text, value] of units) {
    t.match(
      dropIn({ [UNIT]: `[Service]\n${text}` }),
      line(`${value} ${OPTION}`.trim()),
    )
  }
  const reset = '[Service]\nEnvironment=NODE_OPTIONS=--a\nEnvironment=\n'
  t.match(dropIn({ [UNIT]: reset }), line(OPTION))
})

t.test('drop-ins win over the unit, later names over earlier ones', async t => {
  const set = (value: string) =>
    `[Service]\nEnvironment=NODE_OPTIONS=${value}\n`
  const files = {
    'usr/lib/systemd/system/shop.service': set('--unit'),
    'usr/lib/systemd/system/shop.service.d/a.conf': set('--hidden'),
    'etc/systemd/system/shop.service.d/a.conf': set('--a'),
    'etc/systemd/system/shop.service.d/override.conf': set('--override'),
    'etc/systemd/system/shop.service.d/zz-mongowatch.conf': set('--ours'),
  }
  t.match(dropIn(files), line(`--override ${OPTION}`))
})

t.test('an instance has what its template says', async t => {
  const files = {
    'lib/systemd/system/t@.service':
      '[Service]\nEnvironment=NODE_OPTIONS=--t\n',
    'etc/default/t-1': 'NODE_OPTIONS=--f\n',
  }
  t.match(dropIn(files, undefined, 't@1'), line(`--t ${OPTION}`))
  t.match(dropIn(files, undefined, 't@'), line(`--t ${OPTION}`))
  const set = (value: string) =>
    `[Service]\nEnvironment=NODE_OPTIONS=${value}\n`
  const more = {
    ...files,
    'etc/systemd/system/t@.service.d/a.conf': set('--template'),
    'etc/systemd/system/t@1.service.d/b.conf': set('--one'),
  }
  t.match(dropIn(more, undefined, 't@1'), line(`--one ${OPTION}`))
  t.match(dropIn(more, undefined, 't@2'), line(`--template ${OPTION}`))
  const file = {
    ...files,
    'lib/systemd/system/t@.service':
      '[Service]\nEnvironmentFile=/etc/default/%p-%i\n',
  }
  t.match(dropIn(file, undefined, 't@2'), line(OPTION))
  t.throws(() => dropIn(file, undefined, 't@1'), {
    message: /from \/etc\/default\/t-1, which wins/,
  })
})

t.test('drop-ins of shorter names and of all services count', async t => {
  const set = (value: string) =>
    `[Service]\nEnvironment=NODE_OPTIONS=${value}\n`
  const unit = { 'etc/systemd/system/a-b-c.service': set('--unit') }
  const cases: [Record<string, string>, string][] = [
    [{ 'etc/systemd/system/service.d/a.conf': set('--all') }, '--all'],
    [{ 'etc/systemd/system/a-.service.d/a.conf': set('--a') }, '--a'],
    [
      {
        'usr/lib/systemd/system/a-b-.service.d/x.conf': set('--ab'),
        'etc/systemd/system/a-.service.d/x.conf': set('--hides'),
      },
      '--hides',
    ],
  ]
  for (const [files, value] of cases) {
    t.match(
      dropIn({ ...unit, ...files }, undefined, 'a-b-c'),
      line(`${value} ${OPTION}`),
    )
  }
})

t.test('what a unit takes away again cannot be set', async t => {
  const text = '[Service]\nUnsetEnvironment=A NODE_OPTIONS\n'
  t.throws(() => dropIn({ [UNIT]: text }), { message: /UnsetEnvironment=/ })
})

t.test('an environment file wins over any drop-in, so it is named', async t => {
  const files = {
    [UNIT]: '[Service]\nEnvironmentFile=-/etc/default/shop\n',
    'etc/default/shop': 'NODE_OPTIONS=--a\n',
  }
  t.throws(() => dropIn(files), {
    message:
      /NODE_OPTIONS from \/etc\/default\/shop, which wins .* env:\/etc\/default\/shop/,
  })
  t.match(dropIn({ ...files, 'etc/default/shop': 'A=1\n' }), line(OPTION))
  for (const [setting, name] of [
    ['= -/etc/default/shop', 'shop'],
    ['=- /etc/default/shop', 'shop'],
    ['=-/etc/default/my shop', 'my shop'],
    ['=/etc/default/*.env', 'é.env'],
    ['=/etc/default/a\nEnvironmentFile=/etc/default/shop', 'shop'],
  ] as const) {
    const unit = `[Service]\nEnvironmentFile${setting}\n`
    const path = `etc/default/${name}`
    t.throws(
      () => dropIn({ [UNIT]: unit, [path]: 'NODE_OPTIONS=--a\n' }),
      { message: new RegExp(`from /${path}, which wins`) },
      setting,
    )
  }
  const reset = `${files[UNIT]}EnvironmentFile=\n`
  t.match(dropIn({ ...files, [UNIT]: reset }), line(OPTION))
})

t.test('percent signs, quotes and spaces of the path are escaped', async t => {
  t.match(
    dropIn(PLAIN, '/a b/5%/register.cjs'),
    line('\\"--require=/a b/5%%/register.cjs\\"'),
  )
})

t.test('the name of a unit', async t => {
  const { where } = requestFor()
  const file = (unit: string) => systemd.file(where, unit)
  t.equal(file('a'), '/etc/systemd/system/a.service.d/zz-mongowatch.conf')
  t.equal(
    file('a@b.service'),
    '/etc/systemd/system/a@b.service.d/zz-mongowatch.conf',
  )
  for (const name of ['shop.api', 'shop.v2', 'a@b', 't@1.2'])
    t.equal(
      file(name),
      `/etc/systemd/system/${name}.service.d/zz-mongowatch.conf`,
    )
  t.throws(() => file('../x'), {
    message: '"../x" is no name of a systemd unit',
  })
})

t.test('any unit: the drop-in comes and goes', async t => {
  const value = fc.constantFrom('--a', '"--a b"', "'x", '\\\\', '%h', '', 'é')
  const name = fc.constantFrom('Environment', 'EnvironmentFile', 'User')
  const settings = fc.array(
    fc.tuple(name, value).map(([each, text]) => `${each}=NODE_OPTIONS=${text}`),
  )
  const property = fc.property(
    settings,
    fc.constantFrom('\n', '\r\n', '\\\n'),
    fc.constantFrom(undefined, '', '# ours\n', '[Service]'),
    (lines, end, before) => {
      const root = join(home, 'root')
      mkdirSync(dirname(join(root, UNIT)), { recursive: true })
      writeFileSync(join(root, UNIT), ['[Service]', ...lines].join(end))
      const request = requestFor('shop')
      const where = { ...request.where, root }
      const after = installed(systemd, before, { ...request, where })
      equal(after.includes(OPTION), true)
    },
  )
  const home = t.testdir({})
  t.doesNotThrow(() => fc.assert(property, { numRuns: 300 }))
})

t.test(
  'systemd itself finds nothing wrong in a drop-in',
  { skip: unlessInstalled('systemd-analyze') },
  async t => {
    const verify = async (value: string, text: string) => {
      const folder = t.testdir({
        'shop.service': `[Service]\nExecStart=/bin/true\nEnvironment=${value}\n`,
        'shop.service.d': { 'zz-mongowatch.conf': text },
      })
      const env = { SYSTEMD_UNIT_PATH: `${folder}:` }
      const args = ['verify', join(folder, 'shop.service')]
      return runFile('systemd-analyze', args, { env })
    }
    const fine = { code: 0, stdout: '', stderr: '' }
    for (const value of [
      'A=1',
      'NODE_OPTIONS=--a',
      '"NODE_OPTIONS=--title=\\"x y\\" 5%%"',
    ])
      for (const stub of [undefined, '/a b/5%/register.cjs']) {
        const unit = `[Service]\nEnvironment=${value}\n`
        t.same(await verify(value, dropIn({ [UNIT]: unit }, stub)), fine, value)
      }
    const wrong = await verify('A=1', '[Service]\nEnvironment="B\n')
    t.not(wrong.stderr, '', 'it would say so')
  },
)
