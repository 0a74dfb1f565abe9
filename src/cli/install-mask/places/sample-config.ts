import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PACKAGE_FOLDER } from '../../../package.ts'
import { CommandError } from '../../problem.ts'
import type { Place } from '../place.ts'

const SAMPLE = join(PACKAGE_FOLDER, 'etc/mongowatch.yaml')

const sample = () => readFileSync(SAMPLE, 'latin1')

/** The sample configuration, where there is none. */
export const CONFIG: Place = {
  name: 'config',
  title: 'the sample configuration: /etc/mongowatch.yaml',
  reach: 'system',
  file: ({ root }) => join(root, '/etc/mongowatch.yaml'),
  install: text => {
    if (text === undefined || text === sample()) return sample()
    throw new CommandError('there is a configuration already')
  },
  uninstall: text => (text === sample() ? undefined : text),
  note: () => 'Read it and make it yours; mongowatch check-config checks it.',
}
