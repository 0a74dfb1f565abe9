import { equal } from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { parseAllDocuments, stringify } from 'yaml'
import { kubernetesValidate } from '../../../fixtures/checkers.ts'
import { commandLine } from '../../../fixtures/command-line.ts'
import { installed, placeOf, requestFor } from '../../../fixtures/mask.ts'

const SYSTEM = '/var/lib/mongowatch'
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

t.test('containers that share their env', async t => {
  const before = `spec:
  containers:
    - name: a
      env: &env
        - &o {name: NODE_OPTIONS, value: --a}
    - name: b
      env: *env
    - name: c
      env: [*o]
`
  const after = installed(kubernetes, before, requestFor('pod.yaml'))
  const value = `--a ${OPTION}`
  t.same(options(after), { a: value, b: value, c: value })
  t.throws(
    () => kubernetes.install(before, requestFor('', { services: ['b'] })),
    { message: /"b" and "a" share their env \(an anchor\): name both/ },
  )
})

t.test('any manifest comes back as it was', async t => {
  const text = fc.constantFrom('x', 'a: b # c', '', 'two\nlines\n', '1')
  const variable = fc.oneof(
    fc.record({ name: fc.constantFrom('A', 'NODE_OPTIONS'), value: text }),
    fc.constant({ name: 'B', valueFrom: { fieldRef: { fieldPath: 'x' } } }),
  )
  const env = fc.uniqueArray(variable, { selector: ({ name }) => name })
  const container = fc.record(
    { name: fc.constantFrom('a', 'b', 'c'), image: text, env },
    { requiredKeys: ['name'] },
  )
  const list = fc.uniqueArray(container, {
    selector: ({ name }) => name,
    minLength: 1,
  })
  const layout = fc.record({
    indent: fc.constantFrom(2, 4),
    indentSeq: fc.boolean(),
    collectionStyle: fc.constantFrom<'any' | 'flow'>('any', 'flow'),
  })
  const property = fc.property(
    list,
    layout,
    fc.constantFrom('\n', '\r\n'),
    fc.constantFrom(undefined, 'example.org/mongowatch:1'),
    (containers, style, end, image) => {
      const pod = stringify({ kind: 'Pod', spec: { containers } }, style)
      const before = `a: 1\n---\n${pod}`.replaceAll('\n', end)
      const after = installed(kubernetes, before, requestFor('', { image }))
      for (const value of Object.values(options(after)))
        equal(value?.endsWith(OPTION), true)
    },
  )
  t.doesNotThrow(() => fc.assert(property, { numRuns: 500 }))
})

t.test('pods copy mongowatch from an image that has it', async t => {
  const image = 'example.org/mongowatch:1'
  const request = requestFor('', { image, services: ['shop', 'flow', 'job'] })
  const after = installed(kubernetes, MANIFEST, request)
  const [, deployment, cron] = parseAllDocuments(after).map(each => each.toJS())
  const pods = [
    deployment.spec.template.spec,
    cron.spec.jobTemplate.spec.template.spec,
  ]
  const mount = { name: 'mongowatch', mountPath: '/opt/watch' }
  for (const { initContainers, volumes } of pods) {
    t.match(initContainers[0], {
      name: 'mongowatch',
      image,
      command: ['cp', '-R', /\/mongowatch$/, '/opt/watch/'],
      volumeMounts: [mount],
    })
    t.same(volumes, [{ name: 'mongowatch', emptyDir: {} }])
  }
  t.equal(pods[0].initContainers[1].name, 'migrate')
  const mounts = pods
    .flatMap(pod => pod.containers)
    .map(({ name, volumeMounts }) => [name, volumeMounts])
  t.same(Object.fromEntries(mounts), {
    shop: [{ ...mount, readOnly: true }],
    proxy: undefined,
    flow: [{ ...mount, readOnly: true }],
    list: undefined,
    empty: undefined,
    job: [{ ...mount, readOnly: true }],
  })
})

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  selector:
    matchLabels: {app: shop}
  template:
    metadata:
      labels: {app: shop}
    spec:
      containers:
        - name: shop
          image: example.org/shop:1
          volumeMounts: [{name: data, mountPath: /data}]
      volumes:
        - name: data
          emptyDir: {}
`

t.test('what Kubernetes accepts it accepts with the mask', async t => {
  const folder = t.testdir({ 'shop.yaml': DEPLOYMENT })
  const image = 'example.org/mongowatch:1'
  for (const [path, ...more] of [[SYSTEM], ['/opt/watch/', '--image', image]]) {
    const args = ['--install', 'kubernetes:shop.yaml', ...more]
    const options = { cwd: folder }
    const done = await commandLine('mongowatch-install-mask', args, options)
    t.equal(done.code, 0, done.stderr)
    t.match(done.stdout, path)
    const file = join(folder, 'masked.yaml')
    writeFileSync(file, done.stdout)
    const { code, stdout, stderr } = await kubernetesValidate(file)
    t.equal(code, 0, stdout + stderr)
  }
})
