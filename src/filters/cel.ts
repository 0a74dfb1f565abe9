import type { ASTNode, Environment } from '@marcbachmann/cel-js'
import { FilterError } from './filter-error.ts'
import { USABLE_FIELDS } from './filter-fields.ts'
import {
  compileRegularExpression,
  type TextTest,
} from './regular-expression.ts'

const loadCel = (): typeof import('@marcbachmann/cel-js') =>
  require('@marcbachmann/cel-js')

/**
 * `matches` under a name of the same length, so that positions stay right:
 * the library's own runs JavaScript's engine, which a hostile text can make
 * take minutes, and cannot be replaced.
 */
export const LINEAR_MATCHES = 're2test'

const ORDER = ['<', '<=', '>', '>=']
const ORDERED = [
  'double',
  'int',
  'uint',
  'string',
  'bool',
  'google.protobuf.Timestamp',
  'google.protobuf.Duration',
]
const TEXT_TESTS = ['startsWith', 'endsWith', 'contains', LINEAR_MATCHES]

/** Arithmetic that CEL has for numbers of one type only. */
const MIXED: { readonly [operator: string]: (a: number, b: number) => number } =
  {
    '+': (a, b) => a + b,
    '-': (a, b) => a - b,
    '*': (a, b) => a * b,
    '/': (a, b) => a / b,
    '%': (a, b) => a % b,
  }

/** Patterns of expressions; equal ones are compiled once. */
const patterns = new Map<string, TextTest>()

let shared: Environment | undefined

/**
 * CEL as records need it. A field that is absent is null, and no order and no
 * test of a text holds for null; a number of a record (a double) can be
 * reckoned with a whole number of the expression.
 *
 * Making it takes longer than compiling an expression: there is one.
 */
export function celEnvironment(): Environment {
  shared ??= createEnvironment(() => 'dyn')
  return shared
}

/** A new one, in which every field is of the type that is named for it. */
export function createEnvironment(
  typeOf: (field: string) => string,
): Environment {
  const { Environment } = loadCel()
  const environment = new Environment({
    unlistedVariablesAreDyn: false,
    homogeneousAggregateLiterals: false,
  })
  for (const name of USABLE_FIELDS)
    environment.registerVariable(name, typeOf(name))
  addNullComparisons(environment)
  addMixedArithmetic(environment)
  environment.registerFunction(
    `string.${LINEAR_MATCHES}(string): bool`,
    (text: string, pattern: string) => patterns.get(pattern)?.(text) ?? false,
  )
  return environment
}

function addNullComparisons(environment: Environment): void {
  const isFalse = () => false
  for (const operator of ORDER) {
    environment.registerOperator(`null ${operator} null`, isFalse)
    for (const type of ORDERED) {
      environment.registerOperator(`null ${operator} ${type}`, isFalse)
      environment.registerOperator(`${type} ${operator} null`, isFalse)
    }
  }
  for (const test of TEXT_TESTS) {
    environment.registerFunction(`null.${test}(string): bool`, isFalse)
  }
}

function addMixedArithmetic(environment: Environment): void {
  for (const [operator, reckon] of Object.entries(MIXED)) {
    const mixed = (a: unknown, b: unknown) => reckon(Number(a), Number(b))
    environment.registerOperator(`int ${operator} double`, mixed)
    environment.registerOperator(`double ${operator} int`, mixed)
  }
  environment.registerOperator('double % double', (a, b) => a % b)
}

/** Every node of an expression, itself included. */
export function* nodesOf(node: ASTNode): Generator<ASTNode> {
  yield node
  const parts: unknown[] = Array.isArray(node.args)
    ? [...node.args]
    : [node.args]
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    if (Array.isArray(part)) parts.push(...part)
    else if (isNode(part)) yield* nodesOf(part)
  }
}

function isNode(part: unknown): part is ASTNode {
  return typeof part === 'object' && part !== null && 'op' in part
}

/**
 * The expression with every `matches` renamed, its patterns compiled. A
 * pattern is a literal: compiled once, and never one that comes
 * out of a record.
 */
export function withLinearMatches(source: string, root: ASTNode): string {
  let text = source
  for (const node of nodesOf(root)) {
    if (node.op !== 'rcall' || node.args[0] !== 'matches') continue
    const [pattern] = node.args[2]
    const literal = pattern?.op === 'value' ? pattern.args : undefined
    if (pattern === undefined || typeof literal !== 'string') {
      throw new FilterError(
        'expected a literal string as the only argument of matches()',
      )
    }
    if (!patterns.has(literal)) {
      patterns.set(literal, compileRegularExpression(literal))
    }
    const at = source.lastIndexOf('matches', pattern.range.start)
    text =
      text.slice(0, at) + LINEAR_MATCHES + text.slice(at + 'matches'.length)
  }
  return text
}
