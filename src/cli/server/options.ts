/** How a test or the demo wants its MongoDB server. */
export interface ServerOptions {
  /** Ask for a password; the server gets this one user, with role root. */
  auth?: Credentials
  /** PEM files; clients must then connect with TLS. */
  tls?: TlsFiles
  /** A standalone server instead of a replica set of one. @default false */
  standalone?: boolean
  /** Allow fail points (`configureFailPoint`). @default false */
  testCommands?: boolean
  /** Keep the data in this folder. @default a throw-away one */
  storage?: string
  /** A server of its own, even when MONGOWATCH_TEST_URI is set. */
  own?: boolean
  /** Told in one line which server is used. @default a line on stderr */
  say?: (line: string) => void
}

/** A user of the server. */
export interface Credentials {
  user: string
  password: string
}

/** PEM files of a server. */
export interface TlsFiles {
  certFile: string
  /** The key and the certificate: mongod wants both in one file. */
  keyFile: string
  caFile: string
}

/** Which of the three kinds of server runs. */
export type ServerKind = 'given' | 'mongod' | 'secantusdb'

/** A server that runs. */
export interface RunningServer {
  /** Connection string, credentials and TLS included. */
  uri: string
  kind: ServerKind
  /** Ends the server and removes its throw-away data. */
  stop(): Promise<void>
}
