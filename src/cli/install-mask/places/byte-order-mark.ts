import type { Place } from '../place.ts'

/** UTF-8's, one character per byte. */
const MARK = '\u00ef\u00bb\u00bf'

/** A place whose files may begin with a byte order mark, which stays there. */
export function besideMark(place: Place): Place {
  const { obstacle } = place
  return {
    ...place,
    ...(obstacle && {
      obstacle: (text, ...others) => obstacle(rest(text) ?? '', ...others),
    }),
    install: (text, request, current) => {
      const mark = text?.startsWith(MARK) ? MARK : ''
      return mark + place.install(rest(text), request, rest(current))
    },
    uninstall: (text, argument) => {
      const mark = text.startsWith(MARK) ? MARK : ''
      const before = place.uninstall(text.slice(mark.length), argument)
      return before === undefined ? undefined : mark + before
    },
  }
}

function rest(text: string | undefined): string | undefined {
  return text?.startsWith(MARK) ? text.slice(MARK.length) : text
}
