import { TITLES } from '../growth/measure.ts'
import { CORE } from '../operations/calls.ts'
import { STORED } from '../operations/measure-all.ts'
import { BY_HAND } from '../operations/others.ts'
import type { Result } from '../operations/report.ts'
import type { Saved } from '../operations/save.ts'
import { NAME } from '../operations/without-server.ts'
import type { Rows } from '../tables.ts'
import { ALONE } from '../whole.ts'
import { interval, number, tableOf } from './markdown.ts'
import { type Target, targetsOf } from './targets.ts'

/** What stands in docs/performance.md, by the name of its place there. */
export function tablesOf(saved: Saved): Readonly<Record<string, string>> {
  const { results, growth, startUp, facts } = saved
  const [newest = ''] = results.map(({ driver }) => driver)
  const ofNewest = results.filter(({ driver }) => driver === newest)
  const named = (name: string) =>
    ofNewest.filter(({ operation }) => operation === name)
  const isStored = ({ operation }: Result) => operation.includes(STORED)
  const onServer = ({ operation }: Result) =>
    operation !== NAME && !operation.includes(STORED)
  const stored = ofNewest.filter(
    one => isStored(one) && !one.operation.endsWith(ALONE),
  )
  const growing = Object.entries(TITLES).map(([name, title]) => [
    title.startsWith('memory') ? `${name} memory` : name,
    title in growth ? rowsOf(title, growth[title] ?? {}) : 'Not measured.',
  ])
  return {
    facts: `${Object.values(facts).join(', ')}.`,
    targets: targets(targetsOf(saved)),
    alone: contestants(named(NAME)),
    off: contestants(named(`findOne${STORED}${ALONE}`)),
    'stored contestants': contestants(
      CORE.flatMap(name => named(name + STORED)),
    ),
    stored: operations(stored),
    contestants: contestants(CORE.flatMap(named)),
    server: operations(ofNewest.filter(onServer)),
    latency: latency(ofNewest.filter(onServer)),
    older: operations(results.filter(({ driver }) => driver !== newest)),
    ...Object.fromEntries(growing),
    start: start(startUp),
  }
}

function targets(all: readonly Target[]): string {
  const rows = all.map(({ what, unit, target, figure, limit, isLeast }) => {
    const sign = isLeast ? -1 : 1
    const ends = [figure.low * sign, figure.high * sign]
    const isMet = Math.max(...ends) <= target * sign
    const isMissed = Math.min(...ends) > target * sign
    const verdict = isMet ? 'met' : isMissed ? '**missed**' : 'not shown'
    const least = isLeast ? 'at least ' : ''
    return [
      what,
      `${least}${number(target)} ${unit}`,
      interval(figure),
      verdict,
      isMet ? '' : `[${limit}](#${limit})`,
    ]
  })
  return tableOf(['what', 'target', 'measured', '', 'limit'], rows)
}

/** All contestants of some operations: over bare, and over `off`. */
function contestants(results: readonly Result[]): string {
  const names = results[0]?.figures.map(({ contestant }) => contestant) ?? []
  const head = results.flatMap(({ operation }) => [
    `${operation}: over bare`,
    'over off',
  ])
  const rows = names.map(name => {
    const cells = results.flatMap(({ figures }) => {
      const found = figures.find(({ contestant }) => contestant === name)
      if (found === undefined) return ['', '']
      const { added, overOff, cpu } = found
      const isOff = name === 'off'
      const first = name === 'bare' ? `needs ${number(cpu.median)}` : undefined
      return [first ?? interval(added), isOff ? '' : interval(overOff)]
    })
    return [name, ...cells]
  })
  return tableOf(['us of CPU', ...head], rows)
}

/** What `on` and a line by hand add to `off`. */
function operations(results: readonly Result[]): string {
  const rows = results.map(({ operation, driver, figures }) => {
    const of = (name: string) => figures.find(one => one.contestant === name)
    const on = of('on')
    return [
      operation.replace(STORED, ''),
      driver,
      number(of('off')?.cpu.median),
      interval(on?.overOff),
      interval(on?.shareOfOff, 100),
      interval(of(BY_HAND)?.overOff),
      `${on?.blocks ?? 0}${on?.isStill ? '' : ' ~'}`,
    ]
  })
  const head = ['off needs, us', 'on adds, us', '%', 'by hand adds, us']
  return tableOf(['operation', 'driver', ...head, 'rounds'], rows)
}

function latency(results: readonly Result[]): string {
  const rows = results.map(({ operation, figures }) => {
    const of = (name: string) => figures.find(one => one.contestant === name)
    const ms = (name: string, key: 'p50' | 'p99') =>
      (of(name)?.latency[key] ?? Number.NaN).toFixed(2)
    return [
      operation,
      ms('off', 'p50'),
      ms('on', 'p50'),
      ms('off', 'p99'),
      ms('on', 'p99'),
      interval(of('on')?.slowerThanOff, 100),
    ]
  })
  const head = [
    'p50 off, ms',
    'p50 on',
    'p99 off',
    'p99 on',
    'on takes longer, %',
  ]
  return tableOf(['operation', ...head], rows)
}

function rowsOf(title: string, rows: Rows): string {
  const all = Object.entries(rows)
  const head = [...new Set(all.flatMap(([, row]) => Object.keys(row)))]
  const cells = all.map(([name, row]) => [
    number(Number(name)),
    ...head.map(column => number(row[column])),
  ])
  return tableOf([title, ...head], cells)
}

function start(programs: Saved['startUp']): string {
  const rows = Object.entries(programs).flatMap(([program, preloads]) =>
    Object.entries(preloads).map(([preload, row]) => [
      program,
      preload,
      number(row['CPU ms']),
      preload === 'bare' ? '' : number(row['more than bare']),
      number(row['RSS MB']),
      preload === 'bare' ? '' : number(row['more MB']),
    ]),
  )
  const head = ['CPU, ms', 'more', 'memory, MB', 'more']
  return tableOf(['process', 'preload', ...head], rows)
}
