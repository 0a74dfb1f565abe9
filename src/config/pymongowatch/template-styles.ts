import type { MapEditor } from './edit-node.ts'
import { fieldName } from './names.ts'

/**
 * `%(levelname)-8s` in parts: the name, flags, width, precision, and what
 * kind of value it is.
 */
const CONVERSION =
  /%%|%\((\w+)\)([-0]*)(\d*)(?:\.(\d+))?([sdifr])|%(?:\([^)]*\)?)?[^\s%]{0,8}/g

/** The first `%(…)` of a template that has no counterpart. */
export function foreignConversion(editor: MapEditor): string | undefined {
  const template = editor.text('format') ?? ''
  if (styleOf(editor, template) !== '%') return undefined
  for (const [all, name, , , precision, kind] of template.matchAll(
    CONVERSION,
  )) {
    if (all === '%%') continue
    const isPadded = precision !== undefined && kind !== undefined
    if (name === undefined || (isPadded && 'di'.includes(kind))) return all
  }
  return undefined
}

/** The template with `{names}`, whatever style it is written in. */
export function braceTemplate(editor: MapEditor): string | undefined {
  const template = editor.text('format')
  const style = template && styleOf(editor, template)
  editor.delete('style')
  if (template === undefined) return undefined
  return (TO_BRACES[style ?? ''] ?? asItIs)(template)
    .replaceAll(/\{message\b/g, '{watch')
    .replaceAll(
      /\{watch\.(\w+)/g,
      (_, name: string) => `{watch.${fieldName(name)}`,
    )
}

const TO_BRACES: Readonly<Record<string, (template: string) => string>> = {
  '%': fromPercent,
  $: fromDollar,
}

function asItIs(template: string): string {
  return template
}

function styleOf(editor: MapEditor, template: string): string {
  const style = editor.get('style')
  if (style?.kind === 'scalar') return String(style.value)
  return template.includes('%(') ? '%' : '{'
}

/** `%(levelname)-8s` as `{levelname:<8}`, `%(process)05d` as `{process:>05}`. */
function fromPercent(template: string): string {
  return escaped(template).replaceAll(
    CONVERSION,
    (all, name?: string, ...parts: string[]) => {
      if (name === undefined) return all === '%%' ? '%' : all
      const spec = specOf(parts)
      return spec === '' ? `{${name}}` : `{${name}:${spec}}`
    },
  )
}

/** Flags, width, precision and kind as what follows a colon. */
function specOf([flags = '', width = '', precision, kind]: string[]): string {
  const decimals = precision ?? (kind === 'f' ? '6' : undefined)
  const end = decimals === undefined ? '' : `.${decimals}`
  if (width === '') return end
  const left = flags.includes('-')
  const zero = !left && flags.includes('0') ? '0' : ''
  return `${left ? '<' : '>'}${zero}${width}${end}`
}

/** `$name` and `${name}` as `{name}`. */
function fromDollar(template: string): string {
  return template.replaceAll(
    /\$(?:\$|\{(\w+)\}|(\w+))|[{}]/g,
    (all, a?: string, b?: string) => {
      const name = a ?? b
      if (name !== undefined) return `{${name}}`
      return all === '$$' ? '$' : all.repeat(2)
    },
  )
}

function escaped(template: string): string {
  return template.replaceAll(/[{}]/g, brace => brace.repeat(2))
}
