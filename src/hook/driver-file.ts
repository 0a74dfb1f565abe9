const DRIVER = /^(.*[\\/]node_modules[\\/]mongodb)[\\/](lib(?:[\\/].+)?)$/

/** A file of a driver: the package's folder, and `lib/...` without `.js`. */
export interface DriverFile {
  readonly root: string
  readonly file: string
}

/** Tells a driver's file or folder by its path, wherever the driver lies. */
export function parseDriverFile(path: unknown): DriverFile | undefined {
  if (typeof path !== 'string') return undefined
  if (!path.includes('mongodb')) return undefined // nearly all end here
  const match = DRIVER.exec(path)
  if (match?.[1] === undefined || match[2] === undefined) return undefined
  const file = match[2].replaceAll('\\', '/').replace(/\.js$/, '')
  return { root: match[1], file }
}

const OTHER =
  /^(.*[\\/]node_modules[\\/]mongodb)(?:[\\/](?!lib$|lib[\\/]|node_modules).*)?$/

/** The folder of a package mongodb one of whose own files, not in `lib`, loads. */
export function parseOtherFile(path: unknown): string | undefined {
  if (typeof path !== 'string' || !path.includes('mongodb')) return undefined
  return OTHER.exec(path)?.[1]
}

const ENCRYPTION = /[\\/]node_modules[\\/]mongodb-client-encryption[\\/]lib$/

/** The folder of `mongodb-client-encryption` whose files make classes. */
export function isEncryptionFolder(path: unknown): path is string {
  return typeof path === 'string' && ENCRYPTION.test(path)
}

/**
 * Is there a driver in the CommonJS cache? Whoever put it there: it may have
 * been loaded before us, or past us.
 */
export function isDriverLoaded(): boolean {
  return Object.keys(require.cache).some(p => parseDriverFile(p) !== undefined)
}
