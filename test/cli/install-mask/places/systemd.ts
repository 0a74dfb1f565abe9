import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import t from 'tap'
import { runFile } from '../../../fixtures/command-line.ts'
import { unlessInstalled } from '../../../fixtures/has-program.ts'
import { installed, placeOf, requestFor } from '../../../fixtures/mask.ts'

const systemd = placeOf('systemd')
const OPTION = '--require=/var/lib/mongowatch/register.cjs'

/** The drop-in for shop.service in a system that has these files. */
function dropIn(
  files: Record<string, string>,
  stub = '/var/lib/mongowatch/register.cjs',
): string {
  const root = t.testdir({})
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
  const request = requestFor('shop', { stub })
  const where = { ...request.where, root }
  return installed(systemd, undefined, { ...request, where })
}

const line = (value: string) => `Environment="NODE_OPTIONS=${value}"`

t.test('a unit without NODE_OPTIONS', async t => {
  const expected = [
    '# >>> mongowatch >>> (this file was new)',
    '[Service]',
    line(OPTION),
    '# <<< mongowatch <<<',
    '',
  ].join('\n')
  t.equal(dropIn({}), expected)
  t.equal(
    dropIn({
      'lib/systemd/system/shop.service': '[Service]\nExecStart=/bin/x\n',
    }),
    expected,
  )
})

const UNIT = 'etc/systemd/system/shop.service'

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
    ['Environment=NODE_OPTIONS=--a\nEnvironment=NODE_OPTIONS=--b\n', '--b'],
  ]
  for (const [text, value] of units) {
    t.match(
      dropIn({ [UNIT]: `[Service]\n${text}` }),
      line(`${value} ${OPTION}`),
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
})

t.test('percent signs, quotes and spaces of the path are escaped', async t => {
  t.match(
    dropIn({}, '/a b/5%/register.cjs'),
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
  t.throws(() => file('../x'), {
    message: '"../x" is no name of a systemd unit',
  })
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
