import { emptyDocument } from '../record/marks.ts'
import { nameOfEntry, namesBeside } from '../record/named-values.ts'
import {
  comparesElements,
  comparesValues,
  isApart,
  isName,
  referencesIn,
} from '../record/references.ts'
import { type Identifiers, stepByIdentifier } from './array-filters.ts'
import { type Aliases, aliasesIn, ruleOfAlias } from './bound-names.ts'
import { isWrapped } from './natural-value.ts'
import { type PathMatch, stepDown, stepInto } from './path-pattern.ts'
import { DROPPED } from './redact-actions.ts'
import { redactLeaf } from './redact-leaf.ts'
import { redactPairs } from './redact-message.ts'
import {
  ruleOfCode,
  ruleOfKey,
  ruleOfName,
  ruleOfReferences,
} from './redact-names.ts'
import { type CompiledRules, NO_RULE } from './redact-rules.ts'
import { levelBelow, type SchemaLevel } from './schema-level.ts'

type Document = { readonly [key: string]: unknown }

const NO_KEYS: readonly string[] = []
const NO_ALIASES: Aliases = new Map()

/** Parts of `$function` and `$accumulator`. */
const CODE = new Set(['body', 'init', 'accumulate', 'merge', 'finalize'])
const OF_CODE = new Set(['$function', '$accumulator'])

/** Where a value stands, and what that says about it. */
interface Spot {
  /** The paths that lead here. */
  readonly match: PathMatch
  /** The first rule that fits for what the value is in. */
  readonly above: number
  /** The first rule for the fields it is compared with. */
  readonly compared: number
  /** The key it stands under; empty for an element of a list. */
  readonly key: string
  /** Within a `$jsonSchema`. */
  readonly schema: SchemaLevel | undefined
  /** Within `arrayFilters` or `let`, until a name. */
  readonly identifiers: Identifiers | undefined
}

/** Applies rules to one field of a record. */
export class RedactWalk {
  readonly #rules: CompiledRules
  readonly #field: PathMatch
  #identifiers: Identifiers | undefined
  #aliases = NO_ALIASES

  /** @param field - the paths that lead to the field */
  constructor(rules: CompiledRules, field: PathMatch) {
    this.#rules = rules
    this.#field = field
  }

  /**
   * A copy of the field with the rules applied to every value in it that holds
   * no others: the first rule that fits it, or something it is in, is the one.
   * A document or list that was to be dropped is gone when all in it is.
   *
   * @param identifiers - of the options of an update
   */
  redact(value: unknown, key = '', identifiers?: Identifiers): unknown {
    this.#identifiers = identifiers
    const isPipeline = this.#rules.hasNames && Array.isArray(value)
    this.#aliases = isPipeline
      ? aliasesIn(this.#rules, this.#field, value)
      : NO_ALIASES
    return this.#value(value, {
      match: this.#field,
      above: key === '' ? NO_RULE : ruleOfKey(this.#rules, key),
      compared: NO_RULE,
      key,
      schema: undefined,
      identifiers: undefined,
    })
  }

  #value(value: unknown, at: Spot): unknown {
    const { match, above, compared, key } = at
    const rules = this.#rules
    const rule = Math.min(above, match.rule)
    const isLeaf = typeof value !== 'object' || value === null
    const isList = !isLeaf && Array.isArray(value)
    const keys = isLeaf || isList ? NO_KEYS : Object.keys(value)
    if (isLeaf || (!isList && isWrapped(value, keys)))
      return this.#leaf(value, rule, compared, key)
    const spot = above === rule ? at : { ...at, above: rule }
    const redacted = isList
      ? this.#list(value, spot)
      : this.#document(value as Document, keys, spot)
    const isDropped =
      rules.drops[rule] === true && Object.keys(redacted).length === 0
    return isDropped ? DROPPED : redacted
  }

  #leaf(value: unknown, rule: number, compared: number, key: string): unknown {
    const isCompared = compared !== NO_RULE && !isName(value, key)
    const isDocument = typeof value === 'object' && value !== null
    const code = isDocument ? Reflect.get(value, '$code') : undefined
    const first = Math.min(rule, isCompared ? compared : NO_RULE)
    return redactLeaf(this.#rules, value, Math.min(first, this.#code(code)))
  }

  #list(list: readonly unknown[], spot: Spot): unknown[] {
    const { match, above, key } = spot
    const compared = Math.min(spot.compared, this.#references(list, key))
    const entry = key === '' ? this.#ruleOfEntry(list) : NO_RULE
    const copy: unknown[] = []
    for (let i = 0; i < list.length; i++) {
      const redacted = this.#value(list[i], {
        match: stepInto(match, i),
        above: i === 1 ? Math.min(above, entry) : above,
        compared,
        key: '',
        schema: spot.schema,
        identifiers: spot.identifiers,
      })
      if (redacted !== DROPPED) copy.push(redacted)
    }
    return copy
  }

  #document(document: Document, keys: readonly string[], spot: Spot): Document {
    const rules = this.#rules
    const compared = Math.min(
      spot.compared,
      this.#references(document, spot.key),
    )
    const copy = emptyDocument()
    let areOld = true
    for (const key of keys) {
      let above = Math.min(spot.above, ruleOfKey(rules, key))
      let value = document[key]
      if (rules.hasNames) {
        above = Math.min(above, this.#beside(document, key))
        if (isCode(key, spot.key)) above = Math.min(above, this.#code(value))
        else if (typeof value === 'string' && isProse(key, document))
          value = redactPairs(rules, value)
      }
      const redacted = this.#value(value, {
        match: stepTo(spot, key),
        above,
        compared: this.#comparedBelow(compared, key),
        key,
        schema: levelBelow(spot.schema, key),
        identifiers: this.#identifiersBelow(spot, key),
      })
      if (redacted === DROPPED) continue
      const shown = this.#redactKey(key)
      areOld &&= shown === key
      copy[areOld ? key : freeKey(copy, shown)] = redacted
    }
    return copy
  }

  #comparedBelow(compared: number, key: string): number {
    const alias = ruleOfAlias(this.#aliases, key)
    return isApart(key) ? alias : Math.min(compared, alias)
  }

  #identifiersBelow(spot: Spot, key: string): Identifiers | undefined {
    if (this.#identifiers === undefined) return undefined
    if (key === 'arrayFilters' || key === 'let') return this.#identifiers
    return key.startsWith('$') ? spot.identifiers : undefined
  }

  /** The first rule for what an expression refers to, if this is one. */
  #references(value: object, key: string): number {
    if (!this.#rules.hasNames || !key.startsWith('$')) return NO_RULE
    const compares = Array.isArray(value) ? comparesElements : comparesValues
    if (!compares(key)) return NO_RULE
    const rule = ruleOfReferences(this.#rules, this.#field, value)
    if (this.#aliases.size === 0) return rule
    return referencesIn(value).reduce(
      (first, name) => Math.min(first, ruleOfAlias(this.#aliases, name)),
      rule,
    )
  }

  #code(code: unknown): number {
    if (!this.#rules.hasNames || typeof code !== 'string') return NO_RULE
    return ruleOfCode(this.#rules, code)
  }

  #ruleOfEntry(list: readonly unknown[]): number {
    const name = this.#rules.hasNames ? nameOfEntry(list) : undefined
    return name === undefined ? NO_RULE : ruleOfName(this.#rules, name)
  }

  #beside(document: Document, key: string): number {
    let rule = NO_RULE
    for (const name of namesBeside(document, key)) {
      rule = Math.min(rule, ruleOfName(this.#rules, name))
    }
    return rule
  }

  /** What is found in a key is personal data like any other. */
  #redactKey(key: string): string {
    if (this.#rules.detectors.length === 0) return key
    const redacted = redactLeaf(this.#rules, key, NO_RULE)
    return redacted === DROPPED ? '' : String(redacted)
  }
}

function isCode(key: string, above: string): boolean {
  if (key === '$where' || key === '$code') return true
  return CODE.has(key) && OF_CODE.has(above)
}

/** Texts that may say `key: value`: comments, and Lucene's query strings. */
function isProse(key: string, document: Document): boolean {
  if (key === 'comment' || key === '$comment') return true
  return key === 'query' && Object.hasOwn(document, 'defaultPath')
}

/** Keywords of JSON Schema need not be named, like operators. */
function stepTo({ match, schema, identifiers }: Spot, key: string): PathMatch {
  if (schema === 'keywords') return stepDown(match, `$${key}`)
  if (identifiers === undefined || key.startsWith('$'))
    return stepDown(match, key)
  return stepByIdentifier(match, key, identifiers)
}

/** Two keys that became equal both stay. */
function freeKey(document: Document, key: string): string {
  let free = key
  for (let i = 2; Object.hasOwn(document, free); i++) free = `${key}#${i}`
  return free
}
