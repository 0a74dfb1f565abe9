import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { startHttpReceiver } from '../../fixtures/http-receiver.ts'

const CHILD = join(__dirname, '../../fixtures/outputs-invisible.cjs')

for (const hasSpool of [false, true]) {
  const name = hasSpool ? 'with a spool' : 'in memory'
  t.test(`the application sees no connection of ours: ${name}`, async t => {
    const { address, received } = await startHttpReceiver(t)
    const spool = hasSpool ? { directory: t.testdir() } : undefined
    const options = { class: 'otlp', endpoint: address, spool }
    const args = [CHILD, JSON.stringify(options), '500']
    const child = spawn(process.execPath, args, {
      env: {},
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const said = text(child.stderr)
    const seen = JSON.parse(await text(child.stdout))
    t.same(seen, { written: 500, seen: [], resources: [] })
    t.equal(await said, '')
    t.equal(received.flatMap(({ bodies }) => bodies).length, 500)
  })
}
