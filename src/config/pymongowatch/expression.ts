import { lackingFields } from './lacking-fields.ts'
import { camelName, fieldName } from './names.ts'
import { ExpressionError, pythonTokens, quote } from './python-tokens.ts'
import { isText, truthOf } from './truth.ts'

/** A Python expression in CEL, or the piece that has no counterpart. */
export type TranslatedExpression =
  | {
      readonly cel: string
      /** Fields in it that not every record has. */
      readonly lacking: readonly string[]
    }
  | { readonly unknown: string }

/**
 * Translates what people write in an ExpressionFilter: comparisons of fields,
 * `and`, `or`, `not`, `in`, `is None`, `len()`, arithmetic, texts, numbers.
 */
export function translateExpression(python: string): TranslatedExpression {
  try {
    const parser = new Parser(pythonTokens(python))
    const cel = truthOf(parser.either())
    parser.end()
    return { cel, lacking: lackingFields(parser.fields) }
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    return { unknown: error.message }
  }
}

const CONSTANTS: Readonly<Record<string, string>> = {
  True: 'true',
  False: 'false',
  None: 'null',
}

/** Functions and methods of Python's that CEL has too, by its name. */
const CALLS: Readonly<Record<string, string>> = {
  len: 'size',
  str: 'string',
  int: 'int',
  float: 'double',
  startswith: 'startsWith',
  endswith: 'endsWith',
}

const COMPARISONS = ['==', '!=', '<=', '>=', '<', '>']
const ARITHMETIC = ['+', '-', '*', '/', '%']
const RESERVED = ['and', 'or', 'not', 'in', 'is', 'if', 'else', 'lambda', 'for']

/** One method per step of Python's precedence. */
class Parser {
  readonly fields: string[] = []
  readonly #tokens: readonly string[]
  #at = 0
  #depth = 0

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens
  }

  either(): string {
    if (++this.#depth > 50) throw new ExpressionError('"((("')
    const text = this.#series(() => this.#both(), { or: '||' }, truthOf)
    this.#depth--
    return text
  }

  end(): void {
    const token = this.#tokens[this.#at]
    if (token !== undefined) throw new ExpressionError(quote(token))
  }

  #both(): string {
    return this.#series(() => this.#negation(), { and: '&&' }, truthOf)
  }

  #negation(): string {
    if (!this.#take('not')) return this.#comparison()
    const text = truthOf(this.#negation())
    return /^(\w+|\(.*\))$/.test(text) && isOne(text)
      ? `!${text}`
      : `!(${text})`
  }

  #comparison(): string {
    const left = this.#sum()
    const operator = this.#comparator()
    if (operator === undefined) return left
    const right = this.#sum()
    if (this.#comparator() !== undefined)
      throw new ExpressionError('"a chain of comparisons"')
    return compared(methods(left, right), operator, methods(right, left))
  }

  #comparator(): string | undefined {
    if (this.#take('in')) return 'in'
    if (this.#take('is')) return this.#take('not') ? '!=' : '=='
    if (
      this.#tokens[this.#at] === 'not' &&
      this.#tokens[this.#at + 1] === 'in'
    ) {
      this.#at += 2
      return 'not in'
    }
    return COMPARISONS.find(each => this.#take(each))
  }

  #sum(): string {
    const same = ARITHMETIC.map(each => [each, each])
    return this.#series(() => this.#signed(), Object.fromEntries(same))
  }

  #signed(): string {
    return this.#take('-') ? `-${this.#signed()}` : this.#value()
  }

  #series(
    next: () => string,
    operators: Readonly<Record<string, string>>,
    as = (operand: string) => operand,
  ): string {
    let text = next()
    for (let isFirst = true; ; isFirst = false) {
      const found = Object.entries(operators).find(([each]) => this.#take(each))
      if (found === undefined) return text
      text = `${isFirst ? as(text) : text} ${found[1]} ${as(next())}`
    }
  }

  #value(): string {
    let text = this.#primary()
    for (;;) {
      if (this.#take('.')) text += `.${this.#member()}`
      else if (this.#take('[')) text += `[${this.#list(']')}]`
      else return text
    }
  }

  #member(): string {
    const name = this.#next()
    if (!/^[A-Za-z_]\w*$/.test(name)) throw new ExpressionError(quote(name))
    return this.#take('(') ? `${called(name)}(${this.#list(')')})` : name
  }

  #primary(): string {
    const token = this.#next()
    if (token === '(') return this.#bracketed()
    if (token === '[') return `[${this.#list(']')}]`
    if (/^["'\d.]/.test(token)) return token
    if (token === '{' && this.#take('}')) return '{}'
    if (token === 'watch' || token === '_watch') return this.#watchField()
    if (!/^[A-Za-z_]/.test(token) || RESERVED.includes(token))
      throw new ExpressionError(quote(token))
    if (Object.hasOwn(CONSTANTS, token)) return CONSTANTS[token] ?? token
    if (this.#take('(')) return `${called(token)}(${this.#list(')')})`
    return this.#field(token)
  }

  /** `watch["DB"]` and `watch.DB`. */
  #watchField(): string {
    if (this.#take('.')) return this.#field(this.#next())
    const name = this.#take('[') ? this.#next() : ''
    if (!/^["']/.test(name) || !this.#take(']'))
      throw new ExpressionError('"watch"')
    return this.#field(name.slice(1, -1))
  }

  #field(written: string): string {
    const name = field(written)
    this.fields.push(name)
    return name
  }

  /** `(a)`, or after `in` a tuple: a list in CEL. */
  #bracketed(): string {
    const isAmong = this.#tokens[this.#at - 2] === 'in'
    const first = this.either()
    if (this.#take(')')) return `(${first})`
    if (!isAmong || !this.#take(','))
      throw new ExpressionError(quote(this.#next()))
    const others = this.#list(')')
    return others === '' ? `[${first}]` : `[${first}, ${others}]`
  }

  #list(close: string): string {
    const items: string[] = []
    while (!this.#take(close)) {
      items.push(this.either())
      if (this.#take(close)) break
      if (!this.#take(',')) throw new ExpressionError(quote(this.#next()))
    }
    return items.join(', ')
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false
    this.#at++
    return true
  }

  #next(): string {
    const token = this.#tokens[this.#at++]
    if (token === undefined) throw new ExpressionError('"the end"')
    return token
  }
}

/** A part of a text is looked for with `in`, which CEL has for lists only. */
function compared(left: string, operator: string, right: string): string {
  if (operator !== 'in' && operator !== 'not in')
    return `${left} ${operator} ${right}`
  const not = operator === 'not in'
  if (isText(right)) return `${not ? '!' : ''}${right}.contains(${left})`
  return not ? `!(${left} in ${right})` : `${left} in ${right}`
}

/** Names of methods that Operation is compared with, as the driver has them. */
function methods(text: string, other: string): string {
  if (other !== 'Operation') return text
  return text.replaceAll(/(["'])(\w+)\1/g, (_, mark: string, name: string) =>
    [mark, camelName(name), mark].join(''),
  )
}

function called(name: string): string {
  const found = Object.hasOwn(CALLS, name) ? CALLS[name] : undefined
  if (found === undefined) throw new ExpressionError(quote(`${name}()`))
  return found
}

function field(name: string): string {
  if (!/^[A-Z]\w*$/.test(name)) throw new ExpressionError(quote(name))
  return fieldName(name)
}

/** False for `(a) || (b)`: the first bracket ends before the last. */
function isOne(text: string): boolean {
  if (!text.startsWith('(')) return true
  return !text.slice(1, -1).includes(')') || !/\).*\(/.test(text)
}
