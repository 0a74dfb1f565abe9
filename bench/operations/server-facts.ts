import { MongoClient } from 'mongodb'

/**
 * What kind of server was measured on, and its version: a server that is not
 * MongoDB's answers as a version of that.
 */
export async function serverFacts(uri: string): Promise<string> {
  const client = await new MongoClient(uri).connect()
  try {
    const { version, secantusVersion } = await client
      .db('admin')
      .command({ buildInfo: 1 })
    return secantusVersion === undefined
      ? `server ${version}`
      : `SecantusDB ${secantusVersion}, as ${version}`
  } finally {
    await client.close()
  }
}
