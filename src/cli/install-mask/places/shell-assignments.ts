import { CommandError } from '../../problem.ts'

/**
 * How a value stands: not in quotes, in them together with its name, or in a
 * command line that is in quotes itself.
 */
export type Setting = 'bare' | "'" | '"' | "in '" | 'in "'

/** In the order in which what was inserted is found again. */
export const SETTINGS: readonly Setting[] = [
  ...(['bare', 'in "', "in '", '"', "'"] as const),
]

/** Where the value of NODE_OPTIONS begins in a command line. */
export interface Assignment {
  readonly index: number
  readonly setting: Setting
}

const NAME = 'NODE_OPTIONS='
/** A comment, or a word with whatever is quoted in it. */
const TOKEN =
  /(?<=^|[\s;&|()])#[^\n]*|(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s;&|()<>`'"\\])+/gs

/** The option as it is inserted at the begin of a value. */
export function insertion(option: string, setting: Setting): string {
  if (setting === 'bare') return `'${option} '`
  const escaped = option.replace(/[\\"$`]/g, '\\$&')
  if (setting === 'in "') return `'${escaped} '`
  if (setting === "in '") return `"${escaped} "`
  return `${setting === "'" ? option : escaped} `
}

/**
 * Every place where a command line of a POSIX shell sets NODE_OPTIONS to
 * something new, also within quotes that hold a command line of their own
 * (`sh -c '…'`). What is none of these is refused.
 */
export function findAssignments(command: string): Assignment[] {
  const found: Assignment[] = []
  let before = ''
  for (const { 0: word, index } of command.matchAll(TOKEN)) {
    if (word.startsWith('#') || isContainers(word, before)) continue
    for (const at of places(word)) {
      const assignment = assignmentAt(word, at, before)
      if (assignment === undefined) continue
      found.push({ ...assignment, index: index + assignment.index })
    }
    before = word
  }
  return found
}

/** `docker run -e NODE_OPTIONS=...`: another file system begins there. */
function isContainers(word: string, before: string): boolean {
  return /^(-e|--env)$/.test(before) || /^["']?--env=/.test(word)
}

/** Where the name stands and is not the end of a longer one. */
function places(word: string): number[] {
  return [...word.matchAll(/(?<!\w)NODE_OPTIONS=/g)].map(({ index }) => index)
}

function assignmentAt(
  word: string,
  at: number,
  before: string,
): Assignment | undefined {
  const value = word.slice(at + NAME.length)
  // what is exported before the script is in it already
  if (/\$\{?NODE_OPTIONS/.test(value)) return undefined
  const index = at + NAME.length
  if (at === 0) return { index, setting: 'bare' }
  const mark = word[0]
  const isWhole = at === 1 && (mark === '"' || mark === "'")
  if (isWhole && !RUNS.test(before) && isOptions(value.split(mark)[0] ?? '')) {
    return { index, setting: mark }
  }
  if (isNested(word, at, before)) {
    return { index, setting: mark === '"' ? 'in "' : "in '" }
  }
  throw new CommandError(
    'the script sets NODE_OPTIONS inside of quotes or of another word: write the option behind NODE_OPTIONS= by hand, --print says it',
  )
}

/** What comes before a command line in quotes. */
const RUNS = /^(?:-\w*c|--exec|-x)$/
/** What a command line that sets NODE_OPTIONS goes on with. */
const COMMAND = /\s(?:node|npm|npx|pnpm|yarn|ts-node|tsx|nodemon)\s/
const ONE_QUOTED = /^(?:'[^']*'|"(?:[^"\\]|\\.)*")$/s
const INNER_QUOTED = /'[^']*'|\\?"[^"\\]*\\?"/g

/** True where a command begins in a command line within quotes. */
function isNested(word: string, at: number, before: string): boolean {
  if (!ONE_QUOTED.test(word)) return false
  if (!RUNS.test(before) && !COMMAND.test(word.slice(at))) return false
  const head = word.slice(1, at).replaceAll(INNER_QUOTED, 'quoted')
  return /(?:^|[\s;&|(])$/.test(head) && !/['"#`\\]/.test(head)
}

/** Nothing but options: no command follows within the quotes. */
function isOptions(value: string): boolean {
  return value.split(' ').every(each => each === '' || each.startsWith('-'))
}
