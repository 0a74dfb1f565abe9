import type { ASTNode, ParseResult } from '@marcbachmann/cel-js'
import type { AuditRecord } from '../record/record.ts'
import {
  celEnvironment,
  LINEAR_MATCHES,
  nodesOf,
  withLinearMatches,
} from './cel.ts'
import { plainMessage } from './cel-message.ts'
import { typeMistake } from './cel-types.ts'
import type { RecordFilter } from './filter.ts'
import { FilterError } from './filter-error.ts'
import { USABLE_FIELDS } from './filter-fields.ts'
import { naturalValue } from './natural-value.ts'
import { createVerdict, type ExceptionResult } from './verdict.ts'

/** Settings of a `when` filter. */
export interface WhenOptions {
  /** An expression in the Common Expression Language. */
  readonly when: string
  /** What becomes of a record that it fails on. @default 'keep' */
  readonly exceptionResult?: ExceptionResult
}

/** Lets the records through for which a CEL expression is true. */
export function createWhen(name: string, options: WhenOptions): RecordFilter {
  const test = compileExpression(options.when)
  return createVerdict(name, options.exceptionResult ?? 'keep', test)
}

/**
 * Makes an expression a function. The error of a wrong one names line and
 * column in it.
 */
export function compileExpression(
  source: string,
): (record: AuditRecord) => boolean {
  const evaluate = parse(source)
  const used = new Set(
    [...nodesOf(evaluate.ast)].map(node => (node.op === 'id' ? node.args : '')),
  )
  const names = USABLE_FIELDS.filter(name => used.has(name))
  return record => {
    const context: Record<string, unknown> = {}
    for (const name of names) {
      context[name] = naturalValue(Reflect.get(record, name)) ?? null
    }
    const result = run(evaluate, context)
    if (typeof result !== 'boolean') {
      throw new TypeError('the expression is neither true nor false')
    }
    return result
  }
}

/** The library's message is for programmers: one sentence is enough. */
function run(evaluate: ParseResult, context: object): unknown {
  try {
    return evaluate(context)
  } catch (error) {
    if (!isLocated(error)) throw error
    const hint =
      error.code === 'no_such_key' ? '; has() tells if it is there' : ''
    throw new Error(messageOf(error) + hint, {
      cause: error,
    })
  }
}

function parse(source: string): ParseResult {
  const environment = celEnvironment()
  try {
    const first = environment.parse(source)
    const linear = withLinearMatches(source, first.ast)
    const parsed = environment.parse(linear)
    refuseOtherMatches(parsed.ast)
    const mistake = parsed.check().error ?? typeMistake(linear)
    if (mistake !== undefined) throw mistake
    return parsed
  } catch (error) {
    throw new FilterError(describe(source, error), { cause: error })
  }
}

/** A comment in between could have hidden one from the renaming. */
function refuseOtherMatches(root: ASTNode): void {
  for (const node of nodesOf(root)) {
    if (node.op === 'rcall' && node.args[0] === 'matches') {
      throw new FilterError('no comment may stand within matches()')
    }
  }
}

interface Located {
  readonly code: string
  readonly summary: string
  readonly range?: { readonly start: number }
}

function describe(source: string, error: unknown): string {
  if (!isLocated(error)) {
    return error instanceof Error ? error.message : String(error)
  }
  const before = source.slice(0, error.range?.start ?? 0).split('\n')
  const column = (before.at(-1)?.length ?? 0) + 1
  return `line ${before.length}, column ${column}: ${messageOf(error)}`
}

function messageOf({ summary }: Located): string {
  return plainMessage(summary.replace(LINEAR_MATCHES, 'matches'))
}

function isLocated(error: unknown): error is Located {
  return error instanceof Error && 'summary' in error
}
