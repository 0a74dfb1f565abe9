import { pathToFileURL } from 'node:url'
import { CommandError } from '../problem.ts'

/** How Node is told to load the stub. */
export type PreloadFlag = 'require' | 'import'

/**
 * The part of NODE_OPTIONS that loads the stub, one word wherever the path
 * allows it: `--require=/x`, `--import=file:///x`.
 */
export function preloadOption(flag: PreloadFlag, stub: string): string {
  const target = flag === 'import' ? fileUrl(stub) : stub
  return quoteOption(`--${flag}=${target}`)
}

/**
 * The same for images: it starts the program also where the image has no such
 * file, at the price of what `--import` changes (docs/containers.md).
 */
export function carefulPreloadOption(stub: string): string {
  // a data URL is decoded once more than the file URL in it
  const url = fileUrl(stub).replaceAll("'", '%27').replaceAll('%', '%25')
  return `--import=data:text/javascript,await(import('${url}').catch(()=>{}))`
}

function fileUrl(file: string): string {
  if (!file.includes('\\')) return pathToFileURL(file).href
  throw new CommandError('Node imports no file with a backslash in its path')
}

/** Node splits NODE_OPTIONS at spaces and knows double quotes only. */
function quoteOption(option: string): string {
  if (!/[\s"\\]/.test(option)) return option
  return `"${option.replace(/["\\]/g, character => `\\${character}`)}"`
}

/** Adds an option to a NODE_OPTIONS value that may be empty, or may have it. */
export function addOption(value: string, option: string): string {
  if (` ${value} `.includes(` ${option} `)) return value
  return value.trim() === '' ? option : `${value} ${option}`
}

/** Refuses a path with characters that a place cannot carry. */
export function refuseCharacters(
  request: { readonly preload: string },
  characters: RegExp,
  place: string,
): void {
  const found = characters.exec(request.preload)?.[0]
  if (found === undefined) return
  throw new CommandError(
    `${place} cannot carry ${JSON.stringify(found)} in the path of the stub; use --import or another --stub`,
  )
}
