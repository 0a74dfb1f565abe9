import type { Collection, MongoClient } from 'mongodb'

/** One way of knowing what an application asks; or none of them. */
export interface Contestant {
  readonly name: string
  readonly client: MongoClient
  /** Before a block of its operations. */
  readonly enter?: () => void
  /** After each operation: what was asked, and its milliseconds. */
  readonly after?: (asked: Asked, duration: number) => void
  /** After a block, still measured: what waits is written. */
  readonly leave?: () => void
}

/** Opens the client of a copy of the driver that was just loaded. */
export type Connect = (client: MongoClient) => Promise<MongoClient>

/** What an application knows of its call without mongowatch. */
export interface Asked {
  readonly operation: string
  readonly filter?: unknown
}

/** The collection on which everything is measured. */
export function collectionOf({ client }: Contestant): Collection<Row> {
  return client.db('mongowatch_bench').collection<Row>('rows')
}

/** A document of about 200 bytes. */
export interface Row {
  _id: number | string
  name: string
  total: number
  tags: string[]
}

export function createRow(_id: number | string): Row {
  const name = `customer ${_id} `.padEnd(100, 'x')
  return { _id, name, total: 17.5, tags: ['new', 'paid', 'sent'] }
}
