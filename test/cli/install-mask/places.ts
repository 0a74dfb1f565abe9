import t from 'tap'
import { installMask } from '../../../src/cli/commands/install-mask.ts'
import { PLACES } from '../../../src/cli/install-mask/places.ts'
import { targetForm } from '../../../src/cli/install-mask/status.ts'

t.test('help and completion name every target', async t => {
  const [target] = installMask.args
  t.same(
    target?.suggestions,
    PLACES.map(place => place.name),
  )
  for (const place of PLACES) {
    const form = targetForm(place).replace(/[[\]]/g, '')
    t.match(target?.help, new RegExp(`(^|[ ,])${form}([ ,.]|$)`), form)
  }
})
