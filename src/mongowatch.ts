import { setImmediate } from 'node:timers' // the global one may be a test's
import { createOutputs, type Outputs } from './config/create-outputs.ts'
import { type LoadedSettings, loadSettings } from './config/load-settings.ts'
import { reportRefused } from './config/report-refused.ts'
import type { Settings } from './config/settings.ts'
import { watchConfig } from './config/watch-config.ts'
import {
  closeHandlers,
  flushHandlers,
  handlerStats,
} from './outputs/close-handlers.ts'
import type { HandlerCounts } from './outputs/handler-counts.ts'
import { RetiredHandlers } from './outputs/retired-handlers.ts'
import { packageVersion } from './package.ts'
import { warnOnce } from './warn.ts'
import { emitLifecycle } from './watchers/lifecycle.ts'
import {
  createWatchContext,
  type WatchContext,
} from './watchers/watch-context.ts'
import { WatchDriver } from './watchers/watch-driver.ts'

/** Everything of one thread, put together. */
export class Mongowatch {
  readonly #drivers = new Map<string, WatchDriver>()
  #unannounced: WatchDriver[] = []
  #settings: Settings
  #outputs: Outputs
  readonly #retired = new RetiredHandlers()
  readonly #context: WatchContext
  readonly #counts = new Map<string, HandlerCounts>()
  #isStopped = false
  #hasStarted = false
  #stopFollowing = (): void => {}

  constructor(loaded: LoadedSettings) {
    this.#settings = loaded.settings
    this.#outputs = createOutputs(loaded, this.#counts)
    this.#context = createWatchContext((record, phase) => {
      if (this.#unannounced.length > 0) this.#announce()
      return this.#outputs.emit(record, phase)
    }, this.#outputs.rules)
    listenToExit(() => this.stop())
    this.#followFiles()
  }

  /** The configuration in force. */
  get settings(): Settings {
    return this.#settings
  }

  /** The watchers of the driver in this folder. */
  driver(root: string): WatchDriver {
    const known = this.#drivers.get(root)
    if (known !== undefined) return known
    const driver = new WatchDriver(this.#context, root)
    checkVersion(driver)
    this.#drivers.set(root, driver)
    this.#unannounced.push(driver)
    // when the driver's files are loaded, unless a record comes before that
    setImmediate(() => this.#announce()).unref()
    return driver
  }

  /**
   * Takes another configuration over; what the handlers of the old one hold
   * is written by them.
   */
  configure(loaded: LoadedSettings): void {
    const before = this.#outputs
    this.#settings = loaded.settings
    this.#outputs = createOutputs(loaded, this.#counts)
    this.#context.rules = this.#outputs.rules
    for (const driver of this.#drivers.values()) driver.configure()
    this.#retired.add(before.handlers.values(), this.#outputs.router)
    emitLifecycle(this.#context, '$reload', this.#facts())
    this.#followFiles()
  }

  /** Puts the driver's own methods back. */
  unpatch(): void {
    for (const driver of this.#drivers.values()) driver.undo()
    this.#drivers.clear()
    this.#unannounced = []
  }

  /** Ends what is open, says what was seen, and writes everything out. */
  stop(): void {
    if (this.#isStopped) return
    this.#isStopped = true
    const { open, coverage } = this.#context
    const stillOpen = open.size
    open.exit()
    this.#announce()
    const { handlers, router } = this.#outputs
    flushHandlers(handlers.values())
    if (this.#hasStarted) {
      emitLifecycle(this.#context, '$stop', {
        ...coverage.facts(),
        open: stillOpen,
        handlers: handlerStats(this.#counts),
      })
    }
    closeHandlers(handlers, router, this.#retired.handlers)
  }

  /** `reload: true`: a wrong new file keeps the old settings, and says so. */
  #followFiles(): void {
    this.#stopFollowing()
    this.#stopFollowing = () => {}
    if (!this.#settings.reload) return
    this.#stopFollowing = watchConfig(this.#settings, {
      onSettings: ({ settings, ...loaded }) => {
        // a half-written file must not be the last one that is read
        const { reload = true } = settings
        this.configure({ ...loaded, settings: { ...settings, reload } })
      },
      onBroken: (problems, config) => {
        reportRefused(problems)
        const facts = {
          version: packageVersion(),
          config,
          problems: problems.length,
        }
        emitLifecycle(this.#context, '$reload', facts, { outcome: 'failure' })
      },
    })
  }

  #announce(): void {
    const drivers = this.#unannounced
    this.#unannounced = []
    for (const { copy, patched } of drivers) {
      this.#hasStarted = true
      const path = copy.root
      const facts = { ...this.#facts(), path, patched: countByClass(patched) }
      const { version: driver } = copy
      emitLifecycle(this.#context, '$start', facts, { driver })
    }
  }

  #facts(): Record<string, unknown> {
    return { version: packageVersion(), config: this.#settings.files }
  }
}

function countByClass(patched: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const name of patched) {
    const [className = ''] = name.split('.')
    counts[className] = (counts[className] ?? 0) + 1
  }
  return counts
}

function checkVersion({ copy }: WatchDriver): void {
  const major = Number.parseInt(copy.version ?? '', 10)
  // older ones are not watched at all, which the hook says
  if (major <= 7) return
  warnOnce(
    'MONGOWATCH_DRIVER_VERSION',
    `mongodb ${copy.version ?? 'of an unknown version'} in ${copy.root} is watched as far as its methods are those of 4 to 7`,
  )
}

function listenToExit(task: () => void): void {
  // one listener more must not bring the application a warning of a leak
  const limit = process.getMaxListeners()
  if (limit > 0) process.setMaxListeners(limit + 1)
  // before those of the application: one may throw, or call process.exit
  process.prependListener('exit', task)
}

let instance: Mongowatch | undefined

/** What watches in this thread; made when it is first needed. */
export function mongowatch(): Mongowatch {
  instance ??= new Mongowatch(loadSettings())
  return instance
}

/**
 * The hook calls this when `exports[name]` of a driver's inner file has its
 * value: once per copy of the driver, file and name.
 *
 * @param file - for example `lib/collection`
 */
export function driverExportFound(
  driver: { readonly root: string },
  _file: string,
  name: string,
  exports: object,
): void {
  mongowatch().driver(driver.root).found(name, exports)
}
