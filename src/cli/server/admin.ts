import { findDriver } from './driver.ts'
import type { Credentials } from './options.ts'

/** Name of the replica set of one. */
export const REPLICA_SET = 'rs0'

/** Makes a fresh mongod the primary of a replica set of one, and waits. */
export async function initiateReplicaSet(uri: string): Promise<void> {
  const members = [{ _id: 0, host: new URL(uri).host }]
  const config = { _id: REPLICA_SET, members }
  await withAdmin(uri, async admin => {
    const isPrimary = async () =>
      (await admin.command({ hello: 1 })).isWritablePrimary
    if (await isPrimary()) return // data of an earlier start
    await admin.command({ replSetInitiate: config })
    while (!(await isPrimary()))
      await new Promise(resolve => setTimeout(resolve, 50))
  })
}

/** Creates the user that a server with a password has. */
export async function createUser(
  uri: string,
  { user, password }: Credentials,
): Promise<void> {
  await withAdmin(uri, async admin => {
    await admin.command({ createUser: user, pwd: password, roles: ['root'] })
  })
}

async function withAdmin(
  uri: string,
  task: (admin: import('mongodb').Db) => Promise<void>,
): Promise<void> {
  const { MongoClient }: typeof import('mongodb') = require(findDriver())
  const client = new MongoClient(uri, { directConnection: true })
  try {
    await task(client.db('admin'))
  } finally {
    await client.close()
  }
}
