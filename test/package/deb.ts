import { join } from 'node:path'
import t from 'tap'
import { runFile } from '../fixtures/command-line.ts'
import { debianMachine } from '../fixtures/debian-machine.ts'
import {
  buildPackage,
  nextVersion,
  output,
} from '../fixtures/debian-package.ts'
import { unlessInstalled } from '../fixtures/has-program.ts'
import { ROOT } from '../fixtures/run.ts'
import { useServer } from '../fixtures/server.ts'

const STATE = '/var/lib/mongowatch'
const LOGS = '/var/log/mongowatch'
const AUDIT = `${LOGS}/audit.jsonl`
const MONGODB = join(ROOT, 'node_modules/mongodb')
const APPLICATION = `
  const { MongoClient } = require(${JSON.stringify(MONGODB)})
  const client = new MongoClient(process.env.URI)
  const orders = client.db(process.env.DB).collection('orders')
  orders.insertOne({ a: 1 }).then(() => client.close())`
const UNIT = '[Service]\\nExecStart=/usr/bin/node /tmp/app.js\\n'
const DPKG = 'DEBIAN_FRONTEND=noninteractive dpkg --force-confdef'

const built = buildPackage()

t.test('the Debian package, from install to purge', async t => {
  const server = await useServer(t)
  const deb = await built
  const machine = debianMachine(t)
  const shell = async (line: string) => output(await machine.shell(line))
  const status = () => shell('mongowatch-install-mask --status')
  const reconfigure = (where: string, services = '') =>
    shell(`printf '%s\\n' 'mongowatch mongowatch/where select ${where}' \\
        'mongowatch mongowatch/services string ${services}' |
        debconf-set-selections
      dpkg-reconfigure --frontend=noninteractive mongowatch 2>&1`)
  const audited = async () => {
    const text = await shell(`cat ${AUDIT} 2>/dev/null || :`)
    const lines = text.split('\n').filter(Boolean)
    const names = lines.map(line => JSON.parse(line).Operation)
    return names.filter(name => !name.startsWith('$'))
  }
  /** The operations of an audit file after the application ran. */
  const watched = async () => {
    await shell(`rm -f ${AUDIT}
      URI='${server.uri}' DB='${server.dbName}' bash -lc 'node /tmp/app.js'`)
    return audited()
  }
  const ALL = ['insertOne', 'close']
  await shell(`rm -rf /etc/mongowatch.yaml ${STATE} ${LOGS}
    cat > /tmp/app.js <<'END'\n${APPLICATION}\nEND`)
  const before = machine.changes()

  await t.test('nobody is asked, and nothing is watched', async t => {
    await shell(`${DPKG} --install ${deb} 2>&1`)
    t.match(await status(), 'The mask is not installed.')
    t.same(await watched(), [])
    t.equal(await shell('dpkg --verify mongowatch'), '')
  })

  await t.test('its files are where Debian has such files', async t => {
    const access = await shell(`stat -c '%a %U:%G' ${LOGS}`)
    t.equal(access, '750 root:adm')
    const conffiles = await shell("dpkg-query -Wf '${Conffiles}' mongowatch")
    t.match(conffiles, '/etc/mongowatch.yaml')
    t.match(conffiles, '/etc/logrotate.d/mongowatch')
    const { version } = require(join(ROOT, 'package.json'))
    for (const name of ['', '-csv', '-install-mask']) {
      t.match(await shell(`mongowatch${name} --version`), version)
      const page = `/usr/share/man/man1/mongowatch${name}.1.gz`
      t.match(await shell(`zcat ${page}`), '.TH MONGOWATCH')
      for (const completion of [
        `bash-completion/completions/mongowatch${name}`,
        `zsh/vendor-completions/_mongowatch${name}`,
        `fish/vendor_completions.d/mongowatch${name}.fish`,
      ])
        await shell(`test -s /usr/share/${completion}`)
    }
    t.match(await shell('mongowatch check-config'), '/etc/mongowatch.yaml')
  })

  await t.test('the question is asked, and the answer is obeyed', async t => {
    const { code, output } = await machine.terminal(
      'dpkg-reconfigure --frontend=readline mongowatch',
      [
        ['expect', 'Which Node programs shall mongowatch watch?'],
        ['send', '3\r'],
      ],
    )
    t.equal(code, 0)
    t.match(output, 'Installed: profile.d')
    t.match(await status(), 'profile.d')
    t.same(await watched(), ALL)
  })

  await t.test('a new answer takes the old one away', async t => {
    const early = await reconfigure('services', 'shop.service')
    t.match(early, 'not done: mongowatch-install-mask --install systemd:shop')
    await shell(`mkdir -p /etc/systemd/system
      printf '${UNIT}' > /etc/systemd/system/shop.service`)
    await reconfigure('services', 'shop.service')
    t.notMatch(await status(), 'profile.d')
    const dropIn = await shell('cat /etc/systemd/system/shop.service.d/*')
    const option = `NODE_OPTIONS=--require=${STATE}/register.cjs`
    t.match(dropIn, `Environment="${option}"`)
    t.same(await watched(), [])
    await reconfigure('login shells')
    t.notMatch(await status(), 'systemd')
    await shell('rm /etc/systemd/system/shop.service')
  })

  await t.test('an upgrade keeps what was changed', async t => {
    await shell("echo '# ours' >> /etc/mongowatch.yaml")
    const next = await nextVersion(t, deb)
    await shell(`${DPKG} --install ${next} 2>&1`)
    t.match(await shell('tail -1 /etc/mongowatch.yaml'), '# ours')
    t.match(
      await shell('tail -1 /etc/mongowatch.yaml.dpkg-dist'),
      '# the next version',
    )
    t.same(await watched(), ALL)
    await shell('mongowatch-install-mask --uninstall profile.d --yes')
    await shell(`${DPKG} --install ${next} 2>&1`)
    t.same(await watched(), [], 'what was undone by hand stays so')
    await shell('mongowatch-install-mask --install profile.d --yes')
  })

  await t.test(
    'logrotate takes a file and the next record makes a new one',
    { skip: unlessInstalled('logrotate') },
    async t => {
      t.same(await watched(), ALL)
      // what setfacl -m u:shop:rwx makes of 0750, as docs/debian.md says
      const said = await shell(`chmod 0770 ${LOGS}
        logrotate --state /tmp/rotated --force /etc/logrotate.d/mongowatch 2>&1
        chmod 0750 ${LOGS}
        test ! -e ${AUDIT} && test -s ${AUDIT}-*`)
      t.equal(said, '')
      t.same(await watched(), ALL)
    },
  )

  await t.test('what is running starts Node programs all the time', async t => {
    const masked = (line: string) => shell(`bash -lc '${line}'`)
    const NODE = 'test -n "$NODE_OPTIONS" && node -p 1 && npm --version'
    await masked(`${NODE} && dpkg --remove mongowatch 2>&1 && ${NODE}`)
    t.match(
      await shell("dpkg-query -Wf '${Status}' mongowatch"),
      'config-files',
    )
    t.match(await shell('ls /etc'), 'mongowatch.yaml', 'kept until purge')
    t.equal(await masked('echo $NODE_OPTIONS'), '', 'of new ones')

    await shell(`${DPKG} --install ${deb} 2>&1`)
    t.same(await watched(), ALL, 'the answer is still known')
    const purged = await masked(`dpkg --purge mongowatch 2>&1 && ${NODE}`)
    t.match(purged, `${STATE} stays`)
  })

  await t.test('purge leaves nothing', async t => {
    await shell(`${DPKG} --install ${deb} 2>&1`)
    await reconfigure('all sessions')
    t.match(await status(), '/etc/environment')
    await shell(`${DPKG} --purge mongowatch 2>&1`)
    t.same(machine.changes(), before)
    const known = await shell('debconf-show mongowatch 2>&1 || :')
    t.notMatch(known, 'mongowatch/where')
  })
})

t.test(
  'lintian finds no error',
  { skip: unlessInstalled('lintian') },
  async t => {
    const args = ['--allow-root', '--fail-on', 'error', await built]
    const { code, stdout } = await runFile('lintian', args)
    t.equal(code, 0, stdout)
  },
)
