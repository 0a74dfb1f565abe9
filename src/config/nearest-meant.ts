import { FIELD_NAMES } from '../record/fields.ts'
import { nearestName, suggestName } from './nearest.ts'

/** What other programs call the fields of a record. */
const FIELDS_ELSEWHERE: { readonly [name: string]: string } = {
  database: 'DB',
  namespace: 'Collection',
  query: 'Filter',
  method: 'Operation',
  command: 'Operation',
  user: 'DBUser',
  error: 'ErrorMessage',
  status: 'Outcome',
  time: 'StartTime',
  elapsed: 'Duration',
  latency: 'Duration',
}

/** What a message about an unknown name should have named. */
export function nearestMeant(
  message: string,
  problems: { readonly length: number },
): string | undefined {
  const [, variable, other] =
    /Unknown variable: (\w+)|"([^"]*)" is not a field/.exec(message) ?? []
  const field = variable ?? other
  if (field !== undefined) {
    const elsewhere = field.toLowerCase()
    return (
      suggestName(problems, field, FIELD_NAMES) ??
      (Object.hasOwn(FIELDS_ELSEWHERE, elsewhere)
        ? FIELDS_ELSEWHERE[elsewhere]
        : undefined)
    )
  }
  const [, name, known = ''] =
    /(\$?\w+) is not one of (.*)$/.exec(message) ??
    /Unknown function (\w+), expected one of (.*)$/.exec(message) ??
    []
  if (name !== undefined) return suggestName(problems, name, known.split(', '))
  return nearestPart(message)
}

/** Of the parts of a template. */
function nearestPart(message: string): string | undefined {
  const [, braced = '', got] =
    /expected (\{.*), got \{([\w.]+)\}$/.exec(message) ?? []
  if (got === undefined) return undefined
  const names = [...braced.matchAll(/\{([\w.]+)\}/g)]
  return nearestName(
    got,
    names.map(([, each = '']) => each),
  )
}
