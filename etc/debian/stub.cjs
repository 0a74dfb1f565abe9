// Belongs to the Debian package mongowatch, which also removes it.
// Starts mongowatch where it is installed and does nothing where it is not:
// a missing file in NODE_OPTIONS would keep every Node program from starting.
'use strict'
try {
  require('/usr/lib/node_modules/mongowatch/register.cjs')
} catch (_ignored) {
  // removed: the application starts all the same
}
