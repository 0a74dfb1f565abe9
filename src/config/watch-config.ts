import { unwatchFile, watchFile } from 'node:fs'
import { warnOnce } from '../warn.ts'
import { cutShort } from './cut-short.ts'
import {
  dropInFolders,
  isForeign,
  type LoadedSettings,
  type LoadOptions,
  loadSettings,
  placesOf,
} from './load-settings.ts'
import type { ConfigProblem } from './problem.ts'
import type { ConfigFile, Settings } from './settings.ts'

/** Who wants to know what became of changed files. */
export interface ReloadListener {
  /** The files changed and hold no mistake. */
  onSettings(loaded: LoadedSettings): void
  /** The files changed and are wrong or gone: the old settings stay. */
  onBroken(
    problems: readonly ConfigProblem[],
    files: readonly ConfigFile[],
  ): void
}

/** Where to look, and how often. */
export interface WatchConfigOptions extends LoadOptions {
  /** Milliseconds between two looks. @default 2000 */
  readonly intervalMs?: number
}

/**
 * Looks at the places of configuration files from time to time and hands new
 * settings over when their bytes have changed. Returns what ends it. Keeps no
 * process alive, survives files that are replaced, moved away or made later.
 */
export function watchConfig(
  settings: Settings,
  listener: ReloadListener,
  options: WatchConfigOptions = {},
): () => void {
  const watch = new ConfigWatch(settings, listener, options)
  watch.start()
  return () => watch.stop()
}

class ConfigWatch {
  readonly #listener: ReloadListener
  readonly #options: WatchConfigOptions
  #inForce: Settings
  #digests: string
  #included: readonly ConfigFile[]
  #places: readonly string[] = []
  readonly #intervalMs: number
  #settling: NodeJS.Timeout | undefined

  constructor(
    settings: Settings,
    listener: ReloadListener,
    options: WatchConfigOptions,
  ) {
    this.#inForce = settings
    this.#digests = digestsOf(settings)
    this.#included = settings.included ?? []
    this.#intervalMs = options.intervalMs ?? 2000
    this.#listener = listener
    this.#options = options
  }

  start(): void {
    const files = placesOf(this.#options)
    const dropIns = dropInFolders(this.#options)
    const included = this.#included.map(({ path }) => path)
    this.#places = [...new Set([...files, ...dropIns, ...included])]
    for (const place of this.#places)
      watchFile(
        place,
        { persistent: false, interval: this.#intervalMs },
        this.#changed,
      )
  }

  stop(): void {
    clearTimeout(this.#settling)
    for (const place of this.#places) unwatchFile(place, this.#changed)
    this.#places = []
  }

  readonly #changed = (): void => this.#look()

  /** Many write in several steps: what stays for two looks is a whole file. */
  #look(seen?: string): void {
    clearTimeout(this.#settling)
    try {
      const loaded = loadSettings(this.#options)
      const digests = digestsOf(loaded.settings)
      if (digests === this.#digests) return
      if (digests !== seen) {
        const again = () => this.#look(digests)
        this.#settling = setTimeout(again, this.#intervalMs / 2).unref()
        return
      }
      this.#digests = digests
      this.#included = loaded.settings.included ?? []
      this.stop()
      this.start() // files may have come into a drop-in folder
      this.#tell(loaded)
    } catch (error) {
      warnOnce('MONGOWATCH_RELOAD', error)
    }
  }

  #tell(loaded: LoadedSettings): void {
    const { settings } = loaded
    // anybody could put a file into the way of every later change
    const problems = loaded.problems.filter(problem => !isForeign(problem))
    if (problems.length === 0 && settings.files.length > 0)
      problems.push(...cutShort(this.#inForce, loaded))
    if (problems.length > 0 || settings.files.length === 0) {
      this.#listener.onBroken(problems, settings.files)
      return
    }
    this.#inForce = settings
    this.#listener.onSettings({ ...loaded, problems })
  }
}

function digestsOf({ files, included = [] }: Settings): string {
  return [...files, ...included]
    .map(({ path, digest }) => `${path} ${digest}`)
    .join('\n')
}
