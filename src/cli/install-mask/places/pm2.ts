import { extname, resolve } from 'node:path'
import { CommandError } from '../../problem.ts'
import { removeBlocks } from '../marked-block.ts'
import type { Place, Request } from '../place.ts'
import { besideMark } from './byte-order-mark.ts'
import { addToJson, removeFromJson } from './pm2-json.ts'
import { addToScript } from './pm2-script.ts'
import { addToYaml } from './pm2-yaml.ts'

type Add = (text: string, request: Request) => string

/** pm2 knows them by their names; anything else is JavaScript. */
const FORMS: Readonly<Record<string, Add>> = {
  '.json': addToJson,
  '.yaml': addToYaml,
  '.yml': addToYaml,
}

/** A pm2 ecosystem file: JavaScript, JSON or YAML. */
export const PM2: Place = besideMark({
  name: 'pm2',
  title: 'programs that pm2 starts: its ecosystem file',
  argument: { name: 'FILE', usual: 'ecosystem.config.js' },
  reach: 'user',
  file: ({ cwd }, argument) => resolve(cwd, argument),
  install: (text, request) => {
    if (text === undefined) throw new CommandError('there is no such file')
    const add = FORMS[extname(request.argument)] ?? addToScript
    return add(text, request)
  },
  uninstall: text => {
    const json = removeFromJson(text)
    const script = json === text ? removeBlocks(text, '//') : json
    return script === undefined ? undefined : removeBlocks(script, '#')
  },
  afterwards: true,
  note: file => `Then: pm2 startOrReload ${file} --update-env`,
})
