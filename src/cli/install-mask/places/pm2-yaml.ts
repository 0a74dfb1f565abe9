import type { Request } from '../place.ts'
import { addOption } from '../preload.ts'
import {
  addToMap,
  applyYamlEdits,
  replaceValue,
  type YamlEdit,
} from '../yaml-edits.ts'
import {
  type AppEnvironment,
  environmentMap,
  optionsOf,
  readApps,
} from './pm2-apps.ts'

/** The ecosystem file in YAML; what is changed stands between marks. */
export function addToYaml(text: string, request: Request): string {
  const done = new Set<unknown>()
  const edits = readApps(text).flatMap(each =>
    editApp(text, each, request.preload, done),
  )
  return applyYamlEdits(text, edits)
}

/** Each map is changed once, however many applications share it. */
function editApp(
  text: string,
  { document, app, pairs }: AppEnvironment,
  preload: string,
  done: Set<unknown>,
): YamlEdit[] {
  const option = JSON.stringify(preload)
  if (!pairs.some(pair => String(pair.key) === 'env')) {
    if (done.has(app)) return []
    done.add(app)
    const lines = ['env:', `  NODE_OPTIONS: ${option}`]
    const own = addToMap(text, app, lines, `env: {NODE_OPTIONS: ${option}}`)
    return [own, ...pairs.flatMap(editPair)]
  }
  return pairs.flatMap(editPair)

  function editPair(pair: AppEnvironment['pairs'][number]): YamlEdit[] {
    const map = environmentMap(document, pair)
    const subject = map ?? pair
    if (done.has(subject)) return []
    done.add(subject)
    if (map === undefined) {
      return [replaceValue(text, pair, `{NODE_OPTIONS: ${option}}`)]
    }
    const { own, value } = optionsOf(document, map)
    if (addOption(value, preload) === value) return [] // it has it
    const whole = JSON.stringify(addOption(value, preload))
    if (own !== undefined) return [replaceValue(text, own, whole)]
    const line = `NODE_OPTIONS: ${whole}`
    return [addToMap(text, map, [line], line)]
  }
}
