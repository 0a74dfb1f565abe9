import { LEVELS, type Level } from '../record/level.ts'

const RESET = '\x1b[0m'
const DIM = '\x1b[2m'
const RED = '\x1b[31m'
const GREEN = '\x1b[32m'
const YELLOW = '\x1b[33m'
const CYAN = '\x1b[36m'

/** Colour of the stripe before a line, by least severity. */
const STRIPES: readonly (readonly [number, string])[] = [
  [LEVELS.error, RED],
  [LEVELS.warning, YELLOW],
  [LEVELS.info, GREEN],
]

/** Name and value of a pair like `DB='shop'` or `Duration=0.012`. */
const PAIR = /(?<=^|\s)([A-Z]\w*)=('(?:[^'\\]|\\.)*'|\S+)/g
/** A date and a logger's name, as templates begin. */
const LOGGER = /\bmongowatch(?:\.\w+)+/

/** A line for a terminal: a stripe by level, quiet names, loud failures. */
export function colourLine(line: string, level: Level): string {
  const stripe = `${stripeOf(level)}▌${RESET} `
  const text = line
    .replace(PAIR, (_pair, name: string, value: string) => pair(name, value))
    .replace(LOGGER, logger => `${CYAN}${logger}${RESET}`)
  return stripe + text
}

function pair(name: string, value: string): string {
  const colour = VALUES[name]?.(value)
  const shown = colour === undefined ? value : `${colour}${value}${RESET}`
  return `${DIM}${name}=${RESET}${shown}`
}

const VALUES: Record<string, (value: string) => string | undefined> = {
  Operation: () => '\x1b[1m',
  Outcome: value => (value === "'failure'" ? RED : undefined),
  ErrorMessage: () => RED,
  Duration: value => (Number.parseFloat(value) >= 0.1 ? YELLOW : undefined),
}

function stripeOf(level: Level): string {
  return STRIPES.find(([least]) => LEVELS[level] >= least)?.[1] ?? DIM
}
