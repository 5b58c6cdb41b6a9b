import { ordinary } from './identity.ts'
import { usualProcessLimits } from './limits.ts'
import { nothingUndone, rootLifecycle } from './processes/state.ts'
import { usualSettings } from './settings.ts'
import { HOME } from './spaces.ts'
import { newest } from './versions.ts'
import { type Facts, idle, type Process, type World } from './world.ts'

/** The world when a scenario starts: no objects, and the root actors outside any call. */
export function initialWorld(facts: Facts, roots: readonly string[]): World {
  const identity = ordinary(facts.uid, facts.gid)
  const processes: Record<string, Process> = {}
  for (const name of roots)
    processes[name] = {
      activity: idle,
      undo: {},
      attachments: {},
      lifecycle: rootLifecycle(name),
      identity,
      limits: usualProcessLimits,
    }
  return {
    sets: {},
    queues: {},
    segments: {},
    processes,
    threads: {},
    aliases: {},
    failed: [],
    freedKeys: [],
    limits: facts.limits,
    settings: usualSettings,
    space: HOME,
    spaces: {},
    madeIn: {},
    undone: nothingUndone,
    facts,
  }
}

/** Linux's defaults in a fresh IPC namespace, for a user who maps other ids. Sizes in bytes. */
export const usualFacts: Facts = {
  uid: 1000,
  gid: 1000,
  version: newest,
  mapsOthers: true,
  identities: 'all',
  pageSize: 4096,
  shmlba: 4096,
  longBytes: 8,
  missingCalls: [],
  alone: true,
  semvmx: 32767,
  limits: {
    ...{ semmsl: 32000, semmns: 1024000000, semopm: 500, semmni: 32000 },
    ...{ msgmax: 8192, msgmnb: 16384, msgmni: 32000 },
    ...{ shmmax: 18446744073692774399n, shmall: 18446744073692774399n, shmmni: 4096 },
  },
  changesLimits: true,
  programs: true,
  changesPids: true,
  hugePages: { size: 2097152, available: 0, group: 1000 },
}
