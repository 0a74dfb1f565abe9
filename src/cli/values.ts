import { UsageError } from './problem.ts'

type Raw = Readonly<
  Record<string, string | boolean | (string | boolean)[] | undefined>
>

/** The options of one command line, checked against their table. */
export class Values {
  readonly #raw: Raw

  constructor(raw: Raw) {
    this.#raw = raw
  }

  /** Was this switch given? */
  flag(name: string): boolean {
    return this.#raw[name] === true
  }

  /** The text given, the last one if given twice. */
  text(name: string): string | undefined {
    const value = this.#raw[name]
    return typeof value === 'string' ? value : undefined
  }

  /** Every text given. */
  list(name: string): readonly string[] {
    const value = this.#raw[name]
    if (Array.isArray(value)) return value.map(String)
    return typeof value === 'string' ? [value] : []
  }

  /** The whole number given, or the default. */
  integer(name: string, otherwise: number): number {
    const text = this.text(name)
    return text === undefined ? otherwise : Number(text)
  }

  /** The one of these switches that was given; two are a mistake. */
  oneOf<const N extends string>(names: readonly N[]): N | undefined {
    const given = names.filter(name => this.#raw[name] !== undefined)
    if (given.length > 1) {
      const list = given.map(name => `--${name}`).join(' and ')
      throw new UsageError(`${list} cannot be used together`)
    }
    return given[0]
  }
}
