/** How values of a message are replaced. */
export interface MessageRules {
  /** The rule for a key; an empty key is one that the message leaves out. */
  ruleOf(key: string): number
  /** A new value by a rule, `undefined` to leave the old one. */
  replace(value: string, rule: number): string | undefined
}

const NO_RULE = Number.POSITIVE_INFINITY

/** `key: `, with or without quotes. */
const KEY =
  /(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([\p{L}\p{N}_$][\p{L}\p{N}\p{M}_.$-]*))\s{0,8}:\s{0,8}/uy
const COLON = /:\s{0,8}/y

/** A quoted text, a regular expression, a call like `ObjectId('…')`, a word. */
const VALUE =
  /"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|\/(?:[^/\\\n]|\\.)+\/[a-z]*|(?:new )?\w+\([^)]*\)?|[^\s,{}[\]"':]+(?:'[^\s,{}[\]"':]*)*/y
const WORD = /[^\s,{}[\]"':]+(?:'\w*)*/y

const OPENING = /[{[]/
const CLOSING = /[}\]]/
const QUOTES = /^["']|["']$/g

/**
 * Replaces values of the documents and lists in a message, as servers and
 * drivers print them (`dup key: { user: { email: "a@example.org" } }`), and
 * those after `key: ` in its words. What a rule says of a key holds for all
 * that is in its value.
 */
export function replaceValues(message: string, rules: MessageRules): string {
  return new Scan(message, rules).run()
}

class Scan {
  readonly #message: string
  readonly #rules: MessageRules
  /** The rules of the documents and lists that are open. */
  readonly #open: number[] = []
  /** The rule of the key whose value comes now. */
  #pending: number | undefined
  #at = 0
  #out = ''

  constructor(message: string, rules: MessageRules) {
    this.#message = message
    this.#rules = rules
  }

  run(): string {
    while (this.#at < this.#message.length) this.#step()
    return this.#out
  }

  get #rule(): number {
    return Math.min(this.#pending ?? NO_RULE, this.#open.at(-1) ?? NO_RULE)
  }

  #step(): void {
    const unit = this.#message[this.#at] ?? ''
    if (this.#bracket(unit)) return
    if (this.#pending === undefined && this.#key()) return
    const isValue = this.#pending !== undefined || this.#open.length > 0
    const found = this.#match(isValue ? VALUE : WORD)?.[0]
    if (found === undefined) {
      if (unit === ',') this.#pending = undefined
      this.#out += unit
      this.#at++
      return
    }
    this.#at += found.length
    this.#out += isValue ? this.#replaced(found) : found
    this.#pending = undefined
  }

  /** True when a document or list begins or ends here. */
  #bracket(unit: string): boolean {
    const opens = OPENING.test(unit)
    if (!opens && !CLOSING.test(unit)) return false
    if (opens) this.#open.push(this.#rule)
    else this.#open.pop()
    this.#pending = undefined
    this.#out += unit
    this.#at++
    return true
  }

  /** True when a key stands here, or in a document a colon without one. */
  #key(): boolean {
    const found =
      this.#match(KEY) ?? (this.#open.length > 0 ? this.#match(COLON) : null)
    if (found === null) return false
    const [text, double, single, word] = found
    this.#pending = this.#rules.ruleOf(double ?? single ?? word ?? '')
    this.#out += text
    this.#at += text.length
    return true
  }

  #replaced(value: string): string {
    if (this.#rule === NO_RULE) return value
    const text = value.replace(QUOTES, '')
    const replaced = this.#rules.replace(text, this.#rule)
    if (replaced === undefined) return value
    const [first = ''] = value
    const quote = first === '"' || first === "'" ? first : ''
    return quote + replaced + quote
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at
    return pattern.exec(this.#message)
  }
}
