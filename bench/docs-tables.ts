/**
 * Writes the tables of docs/performance.md anew from bench/results.json: each
 * stands between `<!-- bench NAME -->` and `<!-- /bench -->`. Draws the chart
 * of README.md from it as well.
 *
 *     npm run bench:docs
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tablesOf } from './docs/tables.ts'
import { drawChart } from './operations/chart.ts'
import type { Saved } from './operations/save.ts'

const PAGE = join(__dirname, '../docs/performance.md')
const PLACE = /<!-- bench (.+?) -->\n[\s\S]*?<!-- \/bench -->/g

const text = readFileSync(join(__dirname, 'results.json'), 'utf8')
const saved: Saved = JSON.parse(text)
if (saved.facts === undefined)
  throw new Error('bench/results.json is not of a whole npm run bench')
const tables = tablesOf(saved)
const page = readFileSync(PAGE, 'utf8').replace(PLACE, (_, name: string) => {
  const table = tables[name]
  if (table === undefined) throw new Error(`nothing is called ${name}`)
  return `<!-- bench ${name} -->\n\n${table}\n\n<!-- /bench -->`
})
writeFileSync(PAGE, page)
writeFileSync(
  join(__dirname, 'results.svg'),
  drawChart(saved.results, saved.facts),
)
