'use strict'
// Megabytes, resident and of heap, after 20,000, a tenth of COUNT, and COUNT
// `findOne`, as an application would do them: no tsx, and mongowatch only by the preload.
// STORED: the answers are those that the server gave first.
const { dirname } = require('node:path')
const { MongoClient } = require('mongodb')
const { StoredAnswers } = require('../operations/stored-answers.cjs')

const FIRST = 20_000
const [count = '0', kind = ''] = process.argv.slice(2)
const answers = new StoredAnswers()
if (kind === 'STORED')
  answers.install(dirname(require.resolve('mongodb/package.json')))
void main()

async function main() {
  const client = new MongoClient(process.env.MONGOWATCH_BENCH_URI)
  const rows = client.db('mongowatch_bench').collection('found')
  await rows.updateOne({ _id: 1 }, { $set: { total: 1 } }, { upsert: true })
  if (kind === 'STORED') answers.startAnew()
  const memory = {}
  let done = 0
  for (const until of [FIRST, Number(count) / 10, Number(count)]) {
    for (; done < until; done++) await rows.findOne({ _id: 1 })
    memory[until] = settled()
  }
  answers.isOn = false
  await rows.drop()
  await client.close()
  console.log(JSON.stringify(memory))
}

/** After everything that can be collected was. */
function settled() {
  globalThis.gc()
  globalThis.gc()
  const { rss, heapUsed } = process.memoryUsage()
  return { rss: rss / 1e6, heap: heapUsed / 1e6 }
}
