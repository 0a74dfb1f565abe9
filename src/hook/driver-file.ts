const DRIVER_FILE = /^(.*[\\/]node_modules[\\/]mongodb)[\\/](lib[\\/].+)\.js$/

/** A file of a driver: the package's folder, and `lib/...` without `.js`. */
export interface DriverFile {
  readonly root: string
  readonly file: string
}

/** Tells a driver's file by its path, in whatever folder the driver lies. */
export function parseDriverFile(path: unknown): DriverFile | undefined {
  if (typeof path !== 'string') return undefined // `-e` code has no file
  if (!path.includes('mongodb')) return undefined // nearly all end here
  const match = DRIVER_FILE.exec(path)
  if (match?.[1] === undefined || match[2] === undefined) return undefined
  return { root: match[1], file: match[2].replaceAll('\\', '/') }
}

/**
 * Is there a driver in the CommonJS cache? Whoever put it there: it may have
 * been loaded before us, or past every `require`.
 */
export function isDriverLoaded(): boolean {
  return Object.keys(require.cache).some(p => parseDriverFile(p) !== undefined)
}
