import t from 'tap'
import { parseAllDocuments } from 'yaml'
import { installed, placeOf, requestFor } from '../../../fixtures/mask.ts'

const kubernetes = placeOf('kubernetes')
const OPTION = '--require=/var/lib/mongowatch/register.cjs'

const MANIFEST = `apiVersion: v1
kind: Service
metadata:
  name: shop
---
apiVersion: apps/v1
kind: Deployment
spec:
  template:
    spec:
      initContainers:
        - name: migrate
          image: m
      containers:
      - name: shop
        image: shop:1
        env:
        # the heap
        - name: NODE_OPTIONS
          value: "--max-old-space-size=100"
        - name: A
          valueFrom: {secretKeyRef: {name: s, key: k}}
      - image: proxy
        name: proxy
      - {name: flow, image: f}
      - name: list
        env: [{name: A, value: b}]
      - name: empty
        env:
---
apiVersion: batch/v1
kind: CronJob
spec:
  jobTemplate:
    spec:
      template:
        spec:
          containers:
            - name: job
`

interface Container {
  readonly name: string
  readonly env?: { name: string; value?: string }[]
}

/** NODE_OPTIONS of every container, whatever it belongs to. */
function options(text: string): Record<string, string | undefined> {
  const found: Record<string, string | undefined> = {}
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if ('containers' in value) {
      for (const { name, env } of value.containers as Container[]) {
        found[name] = env?.find(each => each.name === 'NODE_OPTIONS')?.value
      }
    }
    for (const each of Object.values(value)) visit(each)
  }
  for (const document of parseAllDocuments(text)) visit(document.toJS())
  return found
}

const ALL = {
  shop: `--max-old-space-size=100 ${OPTION}`,
  proxy: OPTION,
  flow: OPTION,
  list: OPTION,
  empty: OPTION,
  job: OPTION,
}

t.test('every container of every pod in every document', async t => {
  const after = installed(kubernetes, MANIFEST, requestFor('shop.yaml'))
  t.same(options(after), ALL)
  t.match(after, '- name: migrate\n          image: m\n      containers')
})

t.test('a file without last line end, with CR LF, as JSON', async t => {
  for (const before of [
    MANIFEST.trimEnd(),
    MANIFEST.replaceAll('\n', '\r\n'),
  ]) {
    t.same(options(installed(kubernetes, before, requestFor('shop.yaml'))), ALL)
  }
  const json =
    '{"kind": "Pod", "spec": {"containers": [{"name": "a", "env": []}]}}'
  const after = kubernetes.install(json, requestFor('shop.json'))
  t.same(options(after), { a: OPTION })
})

t.test('only the containers that are named', async t => {
  const request = requestFor('shop.yaml', { services: ['proxy'] })
  const after = installed(kubernetes, MANIFEST, request)
  t.same(options(after), { ...options(MANIFEST), proxy: OPTION })
})

t.test('what cannot be done is said', async t => {
  const refuse = (
    text: string,
    message: string | RegExp,
    services: string[] = [],
  ) =>
    t.throws(() => kubernetes.install(text, requestFor('', { services })), {
      message,
    })
  refuse('kind: Service\n', 'it has no containers')
  refuse(MANIFEST, 'it has no container "other"', ['other'])
  refuse(
    'a: {{ .Values.x }}\nb: [',
    /^line \d is no YAML of a manifest \(a Helm template\?\)/,
  )
  refuse(
    'spec:\n  containers:\n  - name: a\n    env:\n    - name: NODE_OPTIONS\n      valueFrom: {configMapKeyRef: {name: c, key: k}}\n',
    /comes from elsewhere \(valueFrom\)/,
  )
})
