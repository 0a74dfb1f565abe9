import {
  chownSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { loadSettings } from '../../src/config/load-settings.ts'
import type { ConfigProblem } from '../../src/config/problem.ts'
import type { Settings } from '../../src/config/settings.ts'
import { watchConfig } from '../../src/config/watch-config.ts'

type News = Settings | readonly ConfigProblem[]

/** Watches a folder; `next` is the next thing that is told. */
function watching(t: Test, root: string, intervalMs = 20) {
  const options = {
    env: {},
    cwd: root,
    mainScript: join(root, 'app', 'app.js'),
    home: root,
    systemDirectory: join(root, 'etc'),
    intervalMs,
  }
  const { settings } = loadSettings(options)
  const heard: News[] = []
  let wake = () => {}
  const tell = (news: News) => {
    heard.push(news)
    wake()
  }
  const stop = watchConfig(
    settings,
    { onSettings: loaded => tell(loaded.settings), onBroken: tell },
    options,
  )
  const alive = setInterval(() => {}, 1000)
  t.teardown(() => {
    stop()
    clearInterval(alive)
  })
  const next = async (): Promise<News> => {
    while (heard.length === 0)
      await new Promise<void>(resolve => {
        wake = resolve
      })
    return heard.shift() ?? []
  }
  return { next, heard }
}

const text = (seconds: number) =>
  `reload: true\nwatchers: {global: {timeout_sec: ${seconds}}}\n`

const secondsOf = (news: News) =>
  'watchers' in news ? news.watchers.cursor.timeoutSec : news

t.test('a changed file is told with its digest', async t => {
  const root = t.testdir({ 'mongowatch.yaml': text(1) })
  const file = join(root, 'mongowatch.yaml')
  const { next } = watching(t, root)
  writeFileSync(file, text(2))
  const news = await next()
  t.equal(secondsOf(news), 2)
  t.match('files' in news && news.files, [
    { path: file, digest: /^[\da-f]{64}$/ },
  ])
})

t.test('an editor that writes beside and renames is followed', async t => {
  const root = t.testdir({ 'mongowatch.yaml': text(1) })
  const file = join(root, 'mongowatch.yaml')
  const { next } = watching(t, root)
  for (const seconds of [2, 3]) {
    renameSync(file, `${file}~`)
    writeFileSync(`${file}.new`, text(seconds))
    renameSync(`${file}.new`, file)
    t.equal(secondsOf(await next()), seconds)
  }
})

t.test('a wrong file is told with its mistakes, then a right one', async t => {
  const root = t.testdir({ 'mongowatch.yaml': text(1) })
  const file = join(root, 'mongowatch.yaml')
  const { next } = watching(t, root)
  writeFileSync(file, 'watchers: {global: {timeout: 3}}')
  t.match(await next(), [{ path: 'watchers.global.timeout' }])
  writeFileSync(file, text(4))
  t.equal(secondsOf(await next()), 4)
})

t.test('a file that a save empties leaves the old settings', async t => {
  for (const nothing of ['', '# mongowatch.yaml\n']) {
    const root = t.testdir({ 'mongowatch.yaml': text(1) })
    const file = join(root, 'mongowatch.yaml')
    const { next } = watching(t, root)
    writeFileSync(file, nothing)
    t.match(await next(), [{ file, message: /Nothing stands/ }])
    writeFileSync(file, text(1))
    t.equal(secondsOf(await next()), 1, 'the old text is news again')
    writeFileSync(file, text(2))
    t.equal(secondsOf(await next()), 2)
  }
})

t.test('a file that is cut short before its handlers, too', async t => {
  const whole = (seconds: number) =>
    `${text(seconds)}handlers: {records: {class: console}}\n`
  const root = t.testdir({ 'mongowatch.yaml': whole(1) })
  const file = join(root, 'mongowatch.yaml')
  const { next } = watching(t, root)
  writeFileSync(file, text(2))
  t.match(await next(), [{ path: 'handlers', message: /No file names/ }])
  writeFileSync(file, whole(3))
  t.equal(secondsOf(await next()), 3)
})

t.test('a file is read when it has stopped changing', async t => {
  const root = t.testdir({ 'mongowatch.yaml': text(1) })
  const file = join(root, 'mongowatch.yaml')
  const { next, heard } = watching(t, root, 400)
  for (let seconds = 2; seconds <= 40; seconds++) {
    writeFileSync(file, text(seconds))
    await new Promise(resolve => setTimeout(resolve, 40))
  }
  t.same(heard, [])
  t.equal(secondsOf(await next()), 40)
})

t.test('a new file without anything in it is no mistake', async t => {
  const root = t.testdir({ etc: {}, 'mongowatch.yaml': text(1) })
  const { next } = watching(t, root)
  writeFileSync(join(root, 'etc', 'mongowatch.yaml'), '')
  t.equal(secondsOf(await next()), 1)
})

t.test('a file that goes away leaves the old settings', async t => {
  const root = t.testdir({ 'mongowatch.yaml': text(1) })
  const { next } = watching(t, root)
  rmSync(join(root, 'mongowatch.yaml'))
  t.same(await next(), [])
})

t.test('a file of somebody else does not stand in the way', async t => {
  if (process.getuid?.() !== 0)
    return t.comment('NOT RUN: only root can give a file away')
  const root = t.testdir({ 'mongowatch.yaml': text(1), app: {} })
  const { next } = watching(t, root)
  const foreign = join(root, 'app', 'mongowatch.yaml')
  writeFileSync(foreign, text(9))
  chownSync(foreign, 4321, 4321)
  writeFileSync(join(root, 'mongowatch.yaml'), text(2))
  t.equal(secondsOf(await next()), 2)
})

t.test('files that come later are found', async t => {
  const root = t.testdir({ etc: { mongowatch: { 'conf.d': {} } } })
  const { next } = watching(t, root)
  const folder = join(root, 'etc', 'mongowatch', 'conf.d')
  writeFileSync(join(folder, '10.yaml'), text(1))
  t.equal(secondsOf(await next()), 1)
  writeFileSync(join(folder, '20.yaml'), text(2))
  t.equal(secondsOf(await next()), 2)
  mkdirSync(join(root, 'app', 'etc'), { recursive: true })
  writeFileSync(join(root, 'app', 'etc', 'mongowatch.yaml'), text(3))
  t.equal(secondsOf(await next()), 3)
})

t.test('the first file of an empty or new drop-in folder too', async t => {
  const root = t.testdir({ etc: {}, 'mongowatch.yaml': text(1) })
  const folder = join(root, 'etc', 'mongowatch', 'conf.d')
  for (const hasFolder of [false, true]) {
    // what is not there at first is looked at once more by itself
    if (hasFolder) mkdirSync(folder, { recursive: true })
    const { next, heard } = watching(t, root)
    await new Promise(resolve => setTimeout(resolve, 700))
    t.same(heard, [])
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, '10.yaml'), 'loggers: {}\n')
    const news = await next()
    t.equal('files' in news && news.files.length, 2)
    rmSync(folder, { recursive: true })
  }
})

t.test('a file that is only touched is no news', async t => {
  const root = t.testdir({ 'mongowatch.yaml': text(1) })
  const file = join(root, 'mongowatch.yaml')
  const { next, heard } = watching(t, root)
  writeFileSync(file, text(1))
  await new Promise(resolve => setTimeout(resolve, 300))
  t.same(heard, [])
  writeFileSync(file, text(5))
  t.equal(secondsOf(await next()), 5)
})

t.test('a file that ${file:…} names is followed too', async t => {
  const root = t.testdir({
    'mongowatch.yaml':
      'reload: true\nwatchers: {cursor: {timeout_sec: "${file:./seconds}"}}\n',
    seconds: '1\n',
  })
  const { next } = watching(t, root)
  writeFileSync(join(root, 'seconds'), '2\n')
  t.equal(secondsOf(await next()), 2)
  rmSync(join(root, 'seconds'))
  const news = await next()
  t.match('files' in news ? [] : news, [{ message: /Cannot read/ }])
  writeFileSync(join(root, 'seconds'), '3\n')
  t.equal(secondsOf(await next()), 3)
})
