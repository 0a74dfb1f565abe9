/**
 * What reading the configuration costs a process, step by step: CPU time, the
 * median of 20 fresh processes.
 *
 *     npm run bench:config [-- FILE]
 */
import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'

const RUNS = 20
const ROOT = resolve(__dirname, '..')
const FILE = resolve(process.argv[2] ?? `${ROOT}/etc/mongowatch.yaml`)

const CHECK = 'read the schema, load and run the checks'

/** Runs the steps one after the other and prints milliseconds of each. */
const PROGRAM = `
const { readFileSync, writeSync } = require('node:fs')
const [dist, path] = process.argv.slice(1)
const source = { path, text: readFileSync(path, 'utf8') }
const steps = {}
let last = process.cpuUsage()
function step(name, run) {
  const result = run()
  const { user, system } = process.cpuUsage(last)
  steps[name] = (user + system) / 1000
  last = process.cpuUsage()
  return result
}
const { config } = step('load what runs without a file too', () =>
  require(dist + '/bundle.js'))
const parseYaml = source => config.FILES.parseYaml().parseYaml(source)
const checkNode = root =>
  config.FILES.checkNode().checkNode(root, process.env, 'used')
step('load and run the yaml package', () => parseYaml(source))
const { root } = step('parse again', () => parseYaml(source))
step('${CHECK}', () => checkNode(root))
step('check again', () => checkNode(root))
writeSync(1, JSON.stringify(steps))
`

const samples = Array.from({ length: RUNS }, () => {
  const args = ['-e', PROGRAM, `${ROOT}/dist`, FILE]
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))
})
console.log(`${FILE}, Node ${process.version}, median of ${RUNS} processes`)
const steps = Object.keys(samples[0]).map(step => ({
  step,
  'CPU ms': Number(median(samples.map(sample => sample[step])).toFixed(2)),
}))
console.table(steps)

const ONCE = steps.map(({ step }) => step).filter(step => !/again/.test(step))
console.log(
  `Checking costs a process ${costOf([CHECK])} ms; it is to cost less than 15 ms`,
)
console.log(`With reading, and all code loaded: ${costOf(ONCE)} ms`)

function costOf(names: readonly string[]): string {
  return steps
    .filter(({ step }) => names.includes(step))
    .reduce((sum, { 'CPU ms': milliseconds }) => sum + milliseconds, 0)
    .toFixed(1)
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}
