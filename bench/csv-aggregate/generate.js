'use strict'
const { closeSync, openSync, writeSync } = require('node:fs')

const HEADER =
  'WatchID,Iteration,StartTime,EndTime,DB,Collection,Operation,Filter,Duration,' +
  'MatchedCount,InsertedCount,UpsertedCount,ModifiedCount,DeletedCount,Outcome,' +
  'Server,AppName,Driver,Host,PID,Thread,Seq\n'
const OPEN_AT_ONCE = 50

/** Writes an audit of that many megabytes; the same one every time. */
exports.generate = function generate(path, megabytes) {
  const descriptor = openSync(path, 'w')
  const random = createRandom(12_345)
  const open = []
  let count = 0
  let size = writeSync(descriptor, HEADER)
  while (size < megabytes * 1e6) {
    let batch = ''
    while (batch.length < 1e6) {
      const operation = nextOperation(open, random, () => ++count)
      batch += row(operation, random)
    }
    size += writeSync(descriptor, batch)
  }
  closeSync(descriptor)
}

/** Half of the operations are one row; cursors have up to eight. */
function nextOperation(open, random, count) {
  const again =
    open.length > OPEN_AT_ONCE || (open.length > 0 && random() < 0.5)
  if (!again) {
    const id = `6745ab00${count().toString(16).padStart(16, '0')}`
    if (random() < 0.5) return { id, iteration: 'final' }
    const operation = { id, iteration: 0 }
    open.push(operation)
    return operation
  }
  const index = Math.floor(random() * open.length)
  const operation = open[index]
  operation.iteration++
  if (random() < 0.6 || operation.iteration > 6) {
    open.splice(index, 1)
    return { id: operation.id, iteration: `final(${operation.iteration})` }
  }
  return operation
}

function row({ id, iteration }, random) {
  const total = Math.floor(random() * 1e4)
  const filter = `"{""customer"":{""$oid"":""${id}""},""status"":{""$in"":[""open"",""paid""]},""total"":{""$gt"":${total}}}"`
  const times = '2026-11-25 01:02:03.456000,2026-11-25 01:02:03.466000'
  return `${id},${iteration},${times},shop,orders,find,${filter},${random().toFixed(6)},${total % 100},,,,,success,"db1:27017,db2:27017",shop-api,7.9.0,web-1,1001,0,${total}\n`
}

function createRandom(seed) {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return state / 0x7fffffff
  }
}
