/**
 * The stub. Old syntax: NODE_OPTIONS brings it into every Node there is. Several
 * projects may have a package of their own, and each gets that one.
 */
export function stubText(files: readonly string[]): string {
  const list = JSON.stringify(files, undefined, 2)
  return `// Starts mongowatch where it is installed and does nothing where it is not:
// a missing file in NODE_OPTIONS would keep every Node program from starting.
'use strict'
var files = ${Buffer.from(list).toString('latin1')}
try {
  var program = process.argv[1] || process.cwd() + '/'
  files = files.filter(isOfProgram).concat(files)
} catch (ignored) {
  // the working folder is gone: in the order above
}
for (var i = 0; i < files.length; i++) {
  try {
    require(files[i])
    break
  } catch (ignored) {
    // not installed there
  }
}
function isOfProgram(file) {
  var project = file.split('/node_modules/')[0] + '/'
  return project !== file + '/' && program.indexOf(project) === 0
}
`
}
