import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { commandLine } from '../../fixtures/command-line.ts'

t.test('the stub stays while systemd or pm2 remember it', async t => {
  const home = t.testdir({ bin: {}, '.pm2': {} })
  const stub = join(home, 'state/register.cjs')
  const run = (...args: string[]) =>
    commandLine('mongowatch-install-mask', [...args, '--stub', stub, '--yes'], {
      cwd: home,
      env: { HOME: home, PATH: `${home}/bin:${process.env.PATH}` },
    })
  const systemctl = join(home, 'bin/systemctl')
  const units = `Id=a.service\nEnvironment=\n\nId=shop.service\nEnvironment="NODE_OPTIONS=--require=${stub}"\n`
  const remember: [string, string, string][] = [
    [
      systemctl,
      `#!/bin/sh\ncat <<'EOF'\n${units}EOF\n`,
      'shop.service (until systemctl daemon-reload)',
    ],
    [
      join(home, '.pm2/dump.pm2'),
      JSON.stringify([{ env: { NODE_OPTIONS: `--require=${stub}` } }]),
      '.pm2/dump.pm2 (until pm2 save)',
    ],
  ]
  for (const [file, text, said] of remember) {
    await run('--install', 'env')
    writeFileSync(file, text)
    chmodSync(file, 0o755)
    const stays = await run('--uninstall')
    t.equal(stays.code, 0)
    t.match(stays.stdout, `names it in `)
    t.match(stays.stdout, said)
    t.equal(existsSync(stub), true)
    const forced = await run('--uninstall', 'stub')
    t.equal(forced.code, 1, 'nor when it is named')
    t.match(forced.stderr, said)
    rmSync(file)
    t.equal((await run('--uninstall')).code, 0)
    t.equal(existsSync(stub), false, 'then it goes')
  }
})
