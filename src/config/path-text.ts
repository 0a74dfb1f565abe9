import type { ConfigPath } from './node.ts'

/** `handlers.audit.filters[0]`, with quotes where a name needs them. */
export function pathText(path: ConfigPath): string {
  let text = ''
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`
    else if (/^[\w$()-]+$/.test(part)) text += text === '' ? part : `.${part}`
    else text += `[${JSON.stringify(part)}]`
  }
  return text
}
