import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExitCode, Input } from '../command.ts'
import type { Io } from '../io.ts'
import { painter } from '../paint.ts'
import { CommandError } from '../problem.ts'
import { findDriver } from '../server/driver.ts'
import { startServer } from '../server/start.ts'
import { runApplication, SHOP } from './application.ts'
import { followLines } from './follow.ts'
import { Screen } from './screen.ts'

/** Runs the shop under the mask and shows its records. */
export async function run(_input: Input, io: Io): Promise<ExitCode> {
  const screen = new Screen(io.stdout, painter(io.stdout, io.env))
  const driver = findDriver()
  screen.title(SHOP)
  const server = await startServer({ say: line => screen.note(line) })
  const folder = mkdtempSync(join(tmpdir(), 'mongowatch-demo-'))
  const path = join(folder, 'records.jsonl')
  const config = join(folder, 'mongowatch.yaml')
  writeFileSync(config, configuration(path))
  screen.begin()
  const records = followLines(path, line => screen.record(JSON.parse(line)))
  const onLine = (line: string) => {
    records.drain()
    screen.scene(line)
  }
  try {
    const { uri } = server
    const code = await runApplication({ uri, driver, config, onLine })
    if (code !== 0) throw new CommandError(`the shop ended with code ${code}`)
  } finally {
    records.end()
    await server.stop()
  }
  screen.end(path)
  return 0
}

function configuration(path: string): string {
  return `version: 1
formatters:
  json: {type: json}
handlers:
  records:
    class: file
    filename: ${JSON.stringify(path)}
    formatter: json
    guarantee: written # before the shop has its result: lines stay in order
loggers:
  mongowatch: {level: info, handlers: [records]}
`
}
