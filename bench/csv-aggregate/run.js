'use strict'
// npm run bench:csv [MEGABYTES] [ROUNDS]
const { spawnSync } = require('node:child_process')
const { mkdtempSync, rmSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')
const { generate } = require('./generate.js')

const [megabytes = 200, rounds = 3] = process.argv.slice(2).map(Number)
const folder = mkdtempSync(join(tmpdir(), 'mongowatch-bench-'))
const file = name => join(folder, name)
const bin = join(__dirname, '../../bin/mongowatch-csv.js')
const own = name => join(__dirname, name)

const CONTENDERS = {
  'mongowatch-csv': ['node', bin, 'aggregate', file('in'), '-o', file('ours')],
  "Python's csv": ['python3', own('baseline.py'), file('in'), file('python')],
  'papaparse, reading only': ['node', own('library.js'), file('in')],
}

function measure(command) {
  const args = [own('measure.py'), ...command]
  const { stdout, stderr, status } = spawnSync('python3', args, {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  const [wall, cpu, memory] = stdout.trim().split(' ').map(Number)
  return { wall, cpu, memory }
}

function median(values) {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)]
}

try {
  generate(file('in'), megabytes)
  const results = Object.fromEntries(Object.keys(CONTENDERS).map(k => [k, []]))
  for (let round = 0; round < rounds; round++) {
    for (const [name, command] of Object.entries(CONTENDERS)) {
      results[name].push(measure(command))
    }
  }
  const same = spawnSync('cmp', [file('ours'), file('python')]).status === 0
  console.log(`${megabytes} MB, median of ${rounds}; same result: ${same}`)
  for (const [name, runs] of Object.entries(results)) {
    const column = key => median(runs.map(run => run[key]))
    console.log(
      `${name.padEnd(24)} ${column('wall').toFixed(2)} s, CPU ${column('cpu').toFixed(2)} s, ${column('memory').toFixed(0)} MB`,
    )
  }
  if (!same) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true })
}
