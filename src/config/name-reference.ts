import type { ConfigPath, Place, ScalarNode } from './node.ts'
import type { Schema } from './schema.ts'

/** A name that must stand in another section. */
export interface Reference {
  readonly section: NonNullable<Schema['x-refers']>
  readonly name: string
  /** How it was written, when that is not the name. */
  readonly written?: string | undefined
  readonly place: Place | undefined
  readonly path: ConfigPath
}

/** The sections in which schemas want a text to be a name. */
export function referencesOf(
  { place, written }: ScalarNode,
  name: string,
  schemas: readonly Schema[],
  path: ConfigPath,
): Reference[] {
  return schemas.flatMap(({ 'x-refers': section }) =>
    section === undefined ? [] : [{ section, name, written, place, path }],
  )
}
