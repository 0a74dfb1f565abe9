// A plugin of typedoc: guides are named like their files, with a capital, and
// come in the order in which one reads them; the others after them.
import { Converter } from 'typedoc'

const ORDER = [
  'configuration',
  'record',
  'operations',
  'values',
  'filters',
  'formats',
  'guarantees',
  'commands',
  'containers',
  'debian',
  'migrating',
  'performance',
]

/** Called by typedoc. */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
    const guides = project.documents ?? []
    guides.sort((one, other) => place(one) - place(other))
    const others = project.children ?? []
    project.childrenIncludingDocuments = [...guides, ...others]
    for (const guide of guides) guide.name = title(guide)
  })
}

function place(guide) {
  const index = ORDER.indexOf(file(guide))
  return index < 0 ? ORDER.length : index
}

const file = ({ name }) => name.split('/').at(-1).toLowerCase()

const title = guide => file(guide)[0].toUpperCase() + file(guide).slice(1)
