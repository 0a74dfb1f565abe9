'use strict'
// The preload. NODE_OPTIONS brings it into every Node process of a host, so:
// old syntax, nothing thrown, and one line when it cannot do its work.
try {
  if (process.env.MONGOWATCH_DISABLED !== '1') {
    require('./dist/hook/install.js').install()
  }
} catch (error) {
  try {
    var reason = String((error && error.message) || error).split('\n')[0]
    require('fs').writeSync(2, 'mongowatch: not active: ' + reason + '\n')
  } catch (ignored) {
    // stderr is closed: there is nobody left to tell
  }
}
