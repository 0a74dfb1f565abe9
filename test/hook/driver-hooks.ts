import t, { type Test } from 'tap'
import {
  MONGODB,
  MONGOOSE,
  onEveryNode,
  REGISTER_CJS,
  REGISTER_MJS,
  runApplication,
  TSX,
} from '../fixtures/hook.ts'
import type { NodeVersion } from '../fixtures/node-versions.ts'
import type { Mask, Run } from '../fixtures/run.ts'

/** An application, and how it is told to Node. */
interface Application extends Run {
  /** What it prints. @default one class that is watched */
  prints?: string
  /** Each is a run of its own. @default require */
  masks?: readonly Mask[]
  /** @default all */
  nodes?: readonly NodeVersion[]
}

const TYPED_COMMONJS = `
  const { Collection } = require('mongodb')
  const watched: unknown = Collection
  require('./probe.cjs')(watched)`

const APPLICATIONS: Record<string, Application> = {
  'a CommonJS application requires the driver': {
    masks: ['require', 'import', 'env', 'both'],
    code: `require('./probe.cjs')(require('mongodb').Collection)`,
  },
  'an ESM application imports it by name, by default and as a namespace': {
    masks: ['require', 'import', 'env', 'both'],
    name: 'app.mjs',
    code: `
      import probe from './probe.cjs'
      import { Collection } from 'mongodb'
      import mongodb from 'mongodb'
      import * as all from 'mongodb'
      probe(Collection, mongodb.Collection, all.Collection)`,
    prints: 'watched watched watched\n',
  },
  'an ESM application imports it when it needs it': {
    masks: ['require', 'import'],
    name: 'app.mjs',
    code: `
      import probe from './probe.cjs'
      const { Collection } = await import('mongodb')
      probe(Collection)`,
  },
  'a CommonJS application imports it': {
    masks: ['require', 'import'],
    code: `import('mongodb').then(m => require('./probe.cjs')(m.Collection))`,
  },
  'an ESM application makes itself a require': {
    name: 'app.mjs',
    code: `
      import { createRequire } from 'node:module'
      const require = createRequire(import.meta.url)
      require('./probe.cjs')(require('mongodb').Collection)`,
  },
  'the driver is required, then imported': {
    code: `
      const { Collection } = require('mongodb')
      import('mongodb').then(m => require('./probe.cjs')(Collection, m.Collection))`,
    prints: 'watched watched\n',
  },
  'the driver is imported, then required': {
    name: 'app.mjs',
    code: `
      import { createRequire } from 'node:module'
      import probe from './probe.cjs'
      import { Collection } from 'mongodb'
      probe(Collection, createRequire(import.meta.url)('mongodb').Collection)`,
    prints: 'watched watched\n',
  },
  'an inner file of the driver is required': {
    code: `require('./probe.cjs')(require('mongodb/lib/collection').Collection)`,
  },
  'an inner file of the driver is imported': {
    name: 'app.mjs',
    code: `
      import probe from './probe.cjs'
      import { Collection } from 'mongodb/lib/collection.js'
      probe(Collection)`,
  },
  'a dependency brings a driver of its own': {
    masks: ['require', 'import'],
    packages: [MONGODB, MONGOOSE],
    code: `
      const own = require('mongodb').Collection
      const nested = require('mongoose').mongo.Collection
      console.log(own === nested)
      require('./probe.cjs')(own, nested)`,
    prints: 'false\nwatched watched\n',
  },
  'an ESM application imports a dependency with a driver of its own': {
    packages: [MONGODB, MONGOOSE],
    name: 'app.mjs',
    code: `
      import probe from './probe.cjs'
      import mongoose from 'mongoose'
      import { Collection } from 'mongodb'
      probe(mongoose.mongo.Collection, Collection)`,
    prints: 'watched watched\n',
  },
  'the driver was loaded before us': {
    mask: 'none',
    args: ['--require', 'mongodb', '--require', REGISTER_CJS, 'app.cjs'],
    files: {
      'app.cjs': `require('./probe.cjs')(require('mongodb').Collection)`,
    },
  },
  'a worker thread requires it': {
    masks: ['require', 'import'],
    files: {
      'worker.cjs': `require('./probe.cjs')(require('mongodb').Collection)`,
    },
    code: `new (require('node:worker_threads').Worker)('./worker.cjs')`,
  },
  'a worker thread imports it': {
    masks: ['require', 'import'],
    files: {
      'worker.mjs': `
        import probe from './probe.cjs'
        import { Collection } from 'mongodb'
        probe(Collection)`,
    },
    code: `new (require('node:worker_threads').Worker)('./worker.mjs')`,
  },
  'a forked process requires it': {
    masks: ['require', 'import', 'env'],
    files: {
      'child.cjs': `require('./probe.cjs')(require('mongodb').Collection)`,
    },
    code: `require('node:child_process').fork('./child.cjs')`,
  },
  'a forked process imports it': {
    files: {
      'child.mjs': `
        import probe from './probe.cjs'
        import { Collection } from 'mongodb'
        probe(Collection)`,
    },
    code: `require('node:child_process').fork('./child.mjs')`,
  },
  'a spawned Node inherits it in NODE_OPTIONS': {
    masks: ['env'],
    files: {
      'child.cjs': `require('./probe.cjs')(require('mongodb').Collection)`,
    },
    code: `
      const { spawn } = require('node:child_process')
      spawn(process.execPath, ['child.cjs'], { stdio: 'inherit' })`,
  },
  'a worker of a cluster requires it': {
    code: `
      const cluster = require('node:cluster')
      if (cluster.isPrimary) cluster.fork()
      else {
        require('./probe.cjs')(require('mongodb').Collection)
        cluster.worker.disconnect()
      }`,
  },
  'the preload is imported twice': {
    mask: 'none',
    args: ['--import', REGISTER_MJS, '--import', REGISTER_MJS, 'app.cjs'],
    files: {
      'app.cjs': `require('./probe.cjs')(require('mongodb').Collection)`,
    },
  },
  'tsx runs an ESM application': {
    packages: [MONGODB, TSX],
    args: ['--import', 'tsx', 'app.mts'],
    files: {
      'app.mts': `
        import probe from './probe.cjs'
        import { Collection, type Document } from 'mongodb'
        const watched: typeof Collection<Document> = Collection
        probe(watched)`,
    },
  },
  'tsx runs a CommonJS application': {
    packages: [MONGODB, TSX],
    args: ['--require', 'tsx/cjs', 'app.cts'],
    files: { 'app.cts': TYPED_COMMONJS },
  },
  'tsx, imported, runs a CommonJS application': {
    // on Node 20 tsx itself fails to load the driver so
    nodes: [22, 24, 26],
    packages: [MONGODB, TSX],
    args: ['--import', 'tsx', 'app.cts'],
    files: { 'app.cts': TYPED_COMMONJS },
  },
}

t.jobs = 2
t.setTimeout(300_000)

for (const [title, application] of Object.entries(APPLICATIONS)) {
  const { prints = 'watched\n', masks, nodes, ...options } = application
  const check = async (t: Test, node: string) => {
    for (const mask of masks ?? [options.mask ?? 'require']) {
      const result = await runApplication(t, { ...options, node, mask })
      t.match(result, { code: 0, stdout: prints, stderr: '' }, mask)
    }
  }
  onEveryNode(t, title, check, nodes)
}
