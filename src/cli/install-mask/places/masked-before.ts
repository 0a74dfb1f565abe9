import type { Request } from '../place.ts'

/** NODE_OPTIONS of each service or container of a text, by its name. */
type ReadValues = (text: string) => ReadonlyMap<string, string | undefined>

/** A request for some services that leaves the mask to those that have it. */
export function withMaskedBefore(
  request: Request,
  clean: string,
  current: string | undefined,
  valuesOf: ReadValues,
): Request {
  if (request.services.length === 0 || current === undefined) return request
  const before = valuesOf(clean)
  const now = valuesOf(current)
  const masked = [...now.keys()].filter(
    name => before.has(name) && now.get(name) !== before.get(name),
  )
  return {
    ...request,
    services: [...new Set([...masked, ...request.services])],
  }
}
