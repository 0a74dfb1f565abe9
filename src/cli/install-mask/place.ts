/** Where this process stands; tests and images give another root or home. */
export interface Surroundings {
  /** Every system path is taken below it; empty for the running system. */
  readonly root: string
  /** The user's home, below the root. */
  readonly home: string
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** The stub as programs will see it, not below the root. */
  readonly stub: string
  /** The one that programs of all users load, which only root may change. */
  readonly systemStub: string
}

/** What is to be written. */
export interface Request {
  /** The part of NODE_OPTIONS: `--require=/path/register.cjs`. */
  readonly preload: string
  /** The stub that it names, latin1 too. */
  readonly stub: string
  /** What follows the colon in TARGET. */
  readonly argument: string
  /** Compose services or containers to change; none means all. */
  readonly services: readonly string[]
  /** An image that pods copy mongowatch from. */
  readonly image?: string | undefined
  readonly where: Surroundings
}

/**
 * One kind of place that can carry NODE_OPTIONS. Texts are latin1: one
 * character per byte, so what is not understood is kept byte for byte.
 */
export interface Place {
  /** The first part of TARGET. */
  readonly name: string
  /** What it reaches, in half a line. */
  readonly title: string
  /** What follows the colon in TARGET, with its default. */
  readonly argument?: { readonly name: string; readonly usual?: string }
  /**
   * Whose programs it reaches: all users' or this one's on this host, or those
   * in an image, where another file system begins.
   */
  readonly reach: 'system' | 'user' | 'image'
  /** The file that is written. */
  readonly file: (where: Surroundings, argument: string) => string
  /**
   * The text with the mask; `text` is undefined when there is no file. `current`
   * has what was installed before, so that it can be kept.
   */
  readonly install: (
    text: string | undefined,
    request: Request,
    current?: string,
  ) => string
  /**
   * The text as it was before; undefined when there was no file. Without an
   * argument everything that was installed is taken away.
   */
  readonly uninstall: (text: string, argument?: string) => string | undefined
  /** Shown on standard output, never written. */
  readonly printed?: boolean
  /** The note is for after an uninstall too. */
  readonly afterwards?: boolean
  /** What in a file may keep the addition from having an effect. */
  readonly obstacle?: (
    text: string,
    argument: string,
    where: Surroundings,
  ) => string | undefined
  /** What to do afterwards. */
  readonly note: (argument: string) => string
}
