import t from 'tap'
import { problemText } from '../../src/config/problem-text.ts'
import { loadText } from '../fixtures/config/load-text.ts'

/** The mistakes of an expression, as `column: message`; it begins at 22. */
function mistakes(expression: string): string[] {
  const text = `filters: {f: {when: '${expression}'}}`
  const { problems } = loadText({ path: '/c.yaml', text }, {})
  return problems.map(each =>
    problemText(each).replace(/^\/c\.yaml:1:(\d+): filters\.f\.when: /, '$1: '),
  )
}

t.test('operators of other languages have the one that is meant', async t => {
  for (const [expression, told] of [
    ['DB = "a"', '25: Unknown operator =; did you mean ==?'],
    ['DB === "a"', '25: Unknown operator ===; did you mean ==?'],
    ['DB <> "a"', '25: Unknown operator <>; did you mean !=?'],
    ['PID > 1 and PID < 5', '30: Unknown operator and; did you mean &&?'],
    ['PID > 1 or DB == " and "', '30: Unknown operator or; did you mean ||?'],
    ['PID > 1 & PID < 5', '30: Unknown operator &; did you mean &&?'],
    ['not DB == "a"', '22: Unknown operator not; did you mean !?'],
  ] as const)
    t.same(mistakes(expression), [told])
  t.match(mistakes('DB = "a" AND (PID > 1 OR not (Duratio > 2))'), [
    '25: Unknown operator =; did you mean ==?',
    '31: Unknown operator AND; did you mean &&?',
    '44: Unknown operator OR; did you mean ||?',
    /^47: Unknown function not, .*; did you mean !\?$/,
    '52: Unknown variable: Duratio; did you mean Duration?',
  ])
})

t.test('a name that is short, long or from elsewhere has one too', async t => {
  for (const [name, meant] of [
    ['Oper', 'Operation'],
    ['Inserted', 'InsertedCount'],
    ['CollectionName', 'Collection'],
    ['duration', 'Duration'],
    ['Query', 'Filter'],
    ['status', 'Outcome'],
  ] as const) {
    t.same(mistakes(`${name} == null`), [
      `22: Unknown variable: ${name}; did you mean ${meant}?`,
    ])
  }
  t.match(mistakes('siz(Filter) > 1'), [
    /^22: Unknown function siz, expected one of has, .*; did you mean size\?$/,
  ])
  t.match(mistakes('one_if_nul(Filter) == 1'), [
    /^22: Unknown function one_if_nul, expected one of has, size, /,
  ])
})

t.test('types that do not fit are told where they stand', async t => {
  for (const [expression, told] of [
    ['Operation > 5', '22: The types do not fit: text > number'],
    ['DB.startsWith(1)', '22: The types do not fit: text.startsWith(number)'],
    ['PID > 1 && DB > 5', '33: The types do not fit: text > number'],
    ['Duration + 1', '21: Expected true or false, this is of type number'],
    [
      'startsWith(DB, "a")',
      '22: Expected FIELD.startsWith(…), got startsWith(…)',
    ],
  ] as const)
    t.same(mistakes(expression), [told])
})

t.test('a text of several lines says its own line', async t => {
  const text = 'filters: {f: {when: "Duration > 1 &&\\n DB > 5"}}'
  const { problems } = loadText({ path: '/c.yaml', text }, {})
  t.match(problems.map(problemText), [
    /when: Line 2, column 2: The types do not fit: text > number$/,
  ])
})

t.test('so are all of an expression, each where it stands', async t => {
  for (const [expression, ...told] of [
    [
      'Colection == 1 && DB > 5 && foo(DB) && siz(DB) > "a" && Operation < 1',
      /^22: Unknown variable: Colection; did you mean Collection\?$/,
      /^40: The types do not fit: text > number$/,
      /^50: Unknown function foo, /,
      /^61: Unknown function siz, .*; did you mean size\?$/,
      /^61: The types do not fit: number > text$/,
      /^78: The types do not fit: text < number$/,
    ],
    [
      'DB.startsWith(1) || !DB || PID',
      /^22: The types do not fit: text.startsWith\(number\)$/,
      /^42: The types do not fit: !text$/,
      /^49: Expected true or false on each side of && and \|\|, got number$/,
    ],
    [
      '(DB - 1) > 3 && (1 + (DB && true)) == 2 && !(Operation)',
      /^23: The types do not fit: text - number$/,
      /^39: The types do not fit: number \+ bool$/,
      /^65: The types do not fit: !text$/,
    ],
    [
      'DB = 5 AND Operation > 5',
      /^22: The types do not fit: text == number$/,
      /^25: Unknown operator =; did you mean ==\?$/,
      /^29: Unknown operator AND; did you mean &&\?$/,
      /^33: The types do not fit: text > number$/,
    ],
    [
      'DB.matches(3) && DB > 5',
      /^21: Expected a literal string as the only argument of matches\(\)$/,
      /^39: The types do not fit: text > number$/,
    ],
  ] as const)
    t.match(mistakes(expression), told)
})

t.test('of a text of several lines too', async t => {
  const text =
    'filters: {f: {when: "Colection == 1 &&\\n DB > 5 &&\\n  PID > \\"a\\""}}'
  const { problems } = loadText({ path: '/c.yaml', text }, {})
  t.match(problems.map(problemText), [
    /when: Line 2, column 2: The types do not fit: text > number$/,
    /when: Line 3, column 3: The types do not fit: number > text$/,
    /1:22: filters\.f\.when: Unknown variable: Colection/,
  ])
})
