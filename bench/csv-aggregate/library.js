'use strict'
// What a CSV library needs only to read the file.
const { createReadStream } = require('node:fs')
const papaparse = require('papaparse')

let rows = 0
papaparse.parse(createReadStream(process.argv[2], { encoding: 'utf8' }), {
  step: () => {
    rows++
  },
  complete: () => console.error(`papaparse read ${rows} rows`),
})
