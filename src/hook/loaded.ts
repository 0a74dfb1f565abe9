import { type DriverFile, parseDriverFile } from './driver-file.ts'

/** A file of a driver that CommonJS holds in its cache. */
export interface LoadedFile extends DriverFile {
  readonly exports: unknown
}

/**
 * The driver files that are in the CommonJS cache, whoever put them there: a
 * driver loaded before us, or by a loader that supplies the source itself and
 * goes past every `require`.
 */
export function loadedFiles(): LoadedFile[] {
  const files: LoadedFile[] = []
  for (const path of Object.keys(require.cache)) {
    const driver = parseDriverFile(path)
    if (driver === undefined) continue
    files.push({ ...driver, exports: require.cache[path]?.exports })
  }
  return files
}
