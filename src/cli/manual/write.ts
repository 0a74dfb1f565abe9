import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PACKAGE_FOLDER, packageVersion } from '../../package.ts'
import { SHELLS } from '../completion/shells.ts'
import { PROGRAMS } from '../programs.ts'
import { manPage } from './man-page.ts'
import { commandsMarkdown } from './markdown.ts'

/** Writes the manual pages, the completions and docs/commands.md. */
export function writeManual(): void {
  for (const program of Object.values(PROGRAMS)) {
    put(
      `dist/man/${program.name}.1`,
      manPage(program, packageVersion(), buildDate()),
    )
    for (const [shell, { file, script }] of Object.entries(SHELLS)) {
      put(`dist/completion/${shell}/${file(program.name)}`, script(program))
    }
  }
  put('docs/commands.md', commandsMarkdown(Object.values(PROGRAMS)))
}

/** Today, or what a build that can be repeated says. */
function buildDate(): Date {
  const { SOURCE_DATE_EPOCH } = process.env
  return SOURCE_DATE_EPOCH
    ? new Date(Number(SOURCE_DATE_EPOCH) * 1000)
    : new Date()
}

function put(path: string, text: string): void {
  const file = join(PACKAGE_FOLDER, path)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, text)
}
