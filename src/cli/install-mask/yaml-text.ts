import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  parseAllDocuments,
  type YAMLMap,
} from 'yaml'
import { CommandError } from '../problem.ts'

/** The documents of a YAML text, or which line is no YAML. */
export function readDocuments(text: string, kind: string): Document[] {
  const parsed = parseAllDocuments(text)
  const documents = Array.isArray(parsed) ? parsed : []
  for (const document of documents) {
    const error = document.errors[0]
    if (error === undefined) continue
    const line = error.linePos?.[0].line ?? 1
    throw new CommandError(`line ${line} is no YAML of ${kind}: ${error.code}`)
  }
  return documents
}

/** What an alias stands for, or the node itself. */
export function resolveNode(document: Document, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node
}

/** The pair of a key in a map itself, not in what it merges. */
export function findPair(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find(pair => scalarText(pair.key) === key)
}

/** The maps that `<<` brings into a map. */
export function mergedMaps(document: Document, map: YAMLMap): YAMLMap[] {
  const value = resolveNode(document, findPair(map, '<<')?.value)
  const nodes = isSeq(value) ? value.items : [value]
  return nodes
    .map(node => resolveNode(document, node))
    .filter((node): node is YAMLMap => isMap(node))
}

/** The pair of a key in a map or in what it merges. */
export function findMerged(
  document: Document,
  map: YAMLMap,
  key: string,
): Pair | undefined {
  const own = findPair(map, key)
  if (own !== undefined) return own
  for (const merged of mergedMaps(document, map)) {
    const pair = findMerged(document, merged, key)
    if (pair !== undefined) return pair
  }
  return undefined
}

/** The text of a scalar; undefined for anything else. */
export function scalarText(node: unknown): string | undefined {
  if (!isScalar(node) || node.value === null) return undefined
  return String(node.value)
}

/** Every map in a document, also those in lists. */
export function* allMaps(node: unknown): Generator<YAMLMap> {
  if (isMap(node)) yield node
  const items: readonly unknown[] = isMap(node) || isSeq(node) ? node.items : []
  for (const item of items) {
    yield* allMaps(isPair(item) ? item.value : item)
  }
}

/** True for a node that is not there or empty. */
export function isEmptyNode(node: unknown): boolean {
  return (
    node === null ||
    node === undefined ||
    (isScalar(node) && node.value === null)
  )
}
