/** What only files of pymongowatch, or names of methods, can hold. */
const TRACES =
  /pymongo\.watcher|logging\.|\(\)['"]? *:|add_headers_if_empty|operations|ext:\/\//

/** False for a text that needs no translation. */
export function mayNeedTranslation(text: string): boolean {
  return TRACES.test(text)
}
