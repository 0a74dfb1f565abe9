import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { debianMachine } from '../fixtures/debian-machine.ts'
import { output } from '../fixtures/debian-package.ts'
import { ROOT } from '../fixtures/run.ts'
import { useServer } from '../fixtures/server.ts'
import type { Step } from '../fixtures/terminal.ts'

const README = readFileSync(join(ROOT, 'README.md'), 'utf8')
const APPLICATION = `
const { MongoClient } = require('mongodb')
const client = new MongoClient(process.env.URI)
const orders = client.db(process.env.DB).collection('orders')
orders.insertOne({ a: 1 }).then(() => client.close())
`
const SHOP = '{ "private": true, "scripts": { "start": "node app.js" } }'
const YES: Step[] = [
  ['expect', 'Write this'],
  ['send', 'y'],
]

/** The lines of the README's block of shell that contains a text. */
function lines(text: string): string[] {
  const blocks = README.matchAll(/^```sh\n([\s\S]*?)^```$/gm)
  for (const [, body = ''] of blocks)
    if (body.includes(text)) return body.trim().split('\n').map(withoutComment)
  throw new Error(`README.md has no block of sh with ${text}`)
}

const withoutComment = (line: string) => line.replace(/\s+#.*$/, '')

t.test(
  'a new user types what the README says, and leaves no trace',
  async t => {
    const server = await useServer(t)
    const machine = debianMachine(t)
    const shell = async (line: string) => output(await machine.shell(line))
    /** As a user who has just logged in and gone to the application. */
    const user = (line: string) =>
      `cat > /tmp/line <<'END'\ncd shop; export URI='${server.uri}' DB='${server.dbName}'; ${line}\nEND
    exec su --login ann --command '. /tmp/line'`
    const types = async (line: string) => shell(`${user(`{ ${line}; } 2>&1`)}`)
    const answers = async (line: string, steps: Step[]) => {
      const { code, output } = await machine.terminal(user(line), steps)
      t.equal(code, 0, output)
      return output
    }

    await shell(`useradd --create-home --shell /bin/bash ann
    git clone --quiet --no-hardlinks ${ROOT} ~ann/mongowatch
    mkdir ~ann/shop
    cat > ~ann/shop/app.js <<'END'\n${APPLICATION}\nEND
    echo '${SHOP}' > ~ann/shop/package.json
    chown -R ann: ~ann/shop ~ann/mongowatch`)
    await types('npm install --silent mongodb@7.9.0')
    const record = "mongowatch.collection DB='mw_new_user"

    const [pack = '', toShop, install = ''] = lines('npm pack')
    t.equal(toShop, 'cd ../shop')
    await types(`cd .. && ${pack.replace('npm ci', 'npm ci --silent')}`)
    const before = machine.changes()
    t.ok('/home/ann/shop/package-lock.json' in before)
    await types(install)

    const [enable = '', start = ''] = lines('--install npm:start')
    t.notMatch(await types(start), record, 'not watched yet')
    t.match(await answers(enable, YES), 'Installed: npm:start')
    t.match(await types(start), record, 'the application is watched')

    const [disable = '', remove = ''] = lines('npm uninstall mongowatch')
    t.match(await answers(disable, YES), 'Uninstalled: npm:start')
    t.notMatch(await types(start), record, 'no longer watched')

    const [once = ''] = lines('node --require')
    t.match(await types(once), record, 'one start')
    await types(remove)
    t.same(withoutFolders(machine.changes()), withoutFolders(before))
  },
)

/** npm leaves empty folders for scopes and programs in node_modules. */
function withoutFolders(changes: Record<string, string>) {
  const kept = Object.entries(changes).filter(
    ([path]) => !/\/node_modules\/(\.bin|@[\w-]+)$/.test(path),
  )
  return Object.fromEntries(kept)
}
