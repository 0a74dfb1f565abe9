import type { MongoClient } from 'mongodb'
import type { Call } from './calls.ts'
import { type Contestant, collectionOf, createRow } from './contestant.ts'
import { type Estimate, estimate, quantile, shuffled } from './statistics.ts'

/** What one contestant needed for one operation. */
export interface Figures {
  readonly contestant: string
  /** Blocks that were measured. */
  readonly blocks: number
  /** Microseconds of CPU per operation. */
  readonly cpu: Estimate
  /** More than the first contestant in the same round: microseconds. */
  readonly added: Estimate
  /** More than `off`, which is on the same copy of the driver. */
  readonly overOff: Estimate
  /** The same as a share of the first contestant's. */
  readonly share: Estimate
  /** Milliseconds of one operation. */
  readonly latency: { readonly p50: number; readonly p99: number }
  /** Wall time over that of the first contestant in the same round. */
  readonly slower: Estimate
  /** CPU more than that of `off`, as a share of it. */
  readonly shareOfOff: Estimate
  /** Wall time over that of `off` in the same round. */
  readonly slowerThanOff: Estimate
  /** Its median stood still; otherwise the time was over first. */
  readonly isStill: boolean
}

interface Block {
  readonly cpu: number
  readonly wall: number
}

/** Calls of one client after which V8 has compiled what runs often. */
const WARM_UP_CALLS = 3000
/** At most so much of the time is spent on that. */
const WARM_UP_SHARE = 0.4
/** Rounds without which no figure is given. */
const LEAST = 10

/**
 * Lets the contestants do one operation in blocks, by turns and each round in
 * a new order, until the medians stand still, for so many seconds at most; the
 * first is what the others are compared with.
 */
export async function measure(
  call: Call,
  contestants: readonly Contestant[],
  seconds: number,
  tell: (fraction: number) => void,
): Promise<Figures[]> {
  const latencies = contestants.map((): number[] => [])
  const begun = performance.now()
  const spent = () => (performance.now() - begun) / 1000 / seconds
  const calls = new Map<MongoClient, number>()
  const isCold = ({ client }: Contestant) =>
    (calls.get(client) ?? 0) < WARM_UP_CALLS && spent() < WARM_UP_SHARE
  const runRound = async (
    into: readonly number[][],
    takesPart: (contestant: Contestant) => boolean = () => true,
  ) => {
    const blocks: Block[] = []
    for (const i of shuffled([...contestants.keys()])) {
      const contestant = contestants[i]
      if (contestant === undefined || !takesPart(contestant)) continue
      const { client } = contestant
      calls.set(client, (calls.get(client) ?? 0) + call.block)
      blocks[i] = await runBlock(call, contestant, into[i] ?? [])
    }
    tell(Math.min(1, spent()))
    return blocks
  }
  // several share a client: the others catch up, or theirs would be compiled less
  do {
    await runRound([], isCold)
  } while (contestants.some(isCold))
  const rounds: Block[][] = []
  while (rounds.length < LEAST || (spent() < 1 && !standStill(rounds))) {
    rounds.push(await runRound(latencies))
  }
  return figuresOfAll(contestants, rounds, latencies)
}

/** A median stands still when it is known to so much of the first one. */
const STILL = 0.005

/** Looked at every ten rounds. */
function standStill(rounds: readonly Block[][]): boolean {
  if (rounds.length % LEAST !== 0) return false
  return (rounds[0] ?? []).every((_, i) => isStill(rounds, i))
}

function isStill(rounds: readonly Block[][], i: number): boolean {
  const first = estimate(rounds.map(([block]) => block?.cpu ?? 0)).median
  const { low, high } = added(rounds, i, 0)
  return high - low < 2 * STILL * first
}

/** What one needs more than another in the same round. */
function added(rounds: readonly Block[][], i: number, to: number): Estimate {
  return estimate(
    rounds.map(({ [i]: own, [to]: other }) =>
      own && other ? own.cpu - other.cpu : 0,
    ),
  )
}

function figuresOfAll(
  contestants: readonly Contestant[],
  rounds: readonly Block[][],
  latencies: readonly (readonly number[])[],
): Figures[] {
  const off = Math.max(
    0,
    contestants.findIndex(({ name }) => name === 'off'),
  )
  return contestants.map((contestant, i) =>
    figuresOf(contestant.name, i, off, rounds, latencies[i] ?? []),
  )
}

async function runBlock(
  call: Call,
  contestant: Contestant,
  latencies: number[],
): Promise<Block> {
  const rows = collectionOf(contestant)
  const { client } = contestant
  contestant.enter?.()
  for (let i = 0; i < Math.min(10, call.block - 1); i++)
    await call.run(rows, i, client)
  const start = performance.now()
  const before = process.cpuUsage()
  await Promise.all(Array.from({ length: call.atOnce ?? 1 }, (_, i) => work(i)))
  contestant.leave?.()
  const { user, system } = process.cpuUsage(before)
  const wall = (performance.now() - start) / call.block
  return { cpu: (user + system) / call.block, wall }

  async function work(first: number): Promise<void> {
    for (let i = first; i < call.block; i += call.atOnce ?? 1) {
      const began = performance.now()
      await call.run(rows, i, client)
      contestant.after?.(call.asked(i), performance.now() - began)
      latencies.push(performance.now() - began)
    }
  }
}

function figuresOf(
  contestant: string,
  i: number,
  off: number,
  rounds: readonly Block[][],
  latencies: readonly number[],
): Figures {
  const compare = (by: (own: Block, other: Block) => number, to = 0) =>
    estimate(
      rounds.map(({ [i]: own, [to]: other }) =>
        own && other ? by(own, other) : 0,
      ),
    )
  const moreCPU = (own: Block, other: Block) => own.cpu / other.cpu - 1
  const slower = (own: Block, other: Block) => own.wall / other.wall - 1
  const sorted = [...latencies].sort((a, b) => a - b)
  return {
    contestant,
    blocks: rounds.length,
    cpu: compare(own => own.cpu),
    added: added(rounds, i, 0),
    overOff: added(rounds, i, off),
    share: compare(moreCPU),
    latency: { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) },
    slower: compare(slower),
    shareOfOff: compare(moreCPU, off),
    slowerThanOff: compare(slower, off),
    isStill: isStill(rounds, i),
  }
}

/** Leaves exactly so many documents in the collection. */
export async function fill(
  contestant: Contestant,
  documents: number,
): Promise<void> {
  const rows = collectionOf(contestant)
  await rows.drop().catch(() => {}) // the first time there is nothing
  for (let from = 0; from < documents; from += 1000) {
    const length = Math.min(1000, documents - from)
    await rows.insertMany(Array.from({ length }, (_, i) => createRow(from + i)))
  }
}
