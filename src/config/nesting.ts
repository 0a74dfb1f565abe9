import type { CST, Document, LineCounter } from 'yaml'
import type { Yaml } from './parse-lazy.ts'

/** Maps and lists that are open at once; a file may have 50 levels. */
const MOST_OPEN = 100

/** A text that is nested so deeply that it is not made into a document. */
export class TooDeep extends Error {
  /** Where, in characters from the start of the text. */
  readonly at: number

  constructor(at: number) {
    super('nested too deeply')
    this.at = at
  }
}

/**
 * What `parseDocument` of the `yaml` package gives, or `TooDeep` thrown: its
 * composer goes down with every level, and near the end of the stack V8 cannot
 * compile a regular expression, and ends the process.
 *
 * The parser below it does not go down, and it knows what a bracket in a
 * comment or in a text is: what it has open is what would be gone down to.
 */
export function composeText(
  yaml: Yaml,
  text: string,
  lines: LineCounter,
): Document.Parsed {
  const { Composer, YAMLParseError } = yaml
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    prettyErrors: false,
    uniqueKeys: false, // looked at by the reader, in linear time
  })
  const tokens = tokensOf(yaml, text, lines)
  const documents = composer.compose(tokens, true, text.length)
  const document = documents.next().value as Document.Parsed
  const { done, value: second } = documents.next()
  if (done) return document
  const [from, to] = second.range
  document.errors.push(
    new YAMLParseError([from, to], 'MULTIPLE_DOCS', MULTIPLE),
  )
  return document
}

const MULTIPLE = 'Source contains multiple documents'

function* tokensOf(
  { Lexer, Parser }: Yaml,
  text: string,
  lines: LineCounter,
): Generator<CST.Token, void> {
  const parser = new Parser(lines.addNewLine)
  lines.addNewLine(0)
  for (const lexeme of new Lexer().lex(text)) {
    const at = parser.offset
    yield* parser.next(lexeme)
    if (parser.stack.length > MOST_OPEN) throw new TooDeep(at)
  }
  yield* parser.end()
}
