import { describe, expect, it } from 'vitest'
import { linux, posix } from '../profile.ts'
import { each, exploreSmall, type SmallWorld, summary } from './small-worlds.testing.ts'

// Attachments come and go by shmat, shmdt, fork, exec, exit and kill, before and after the removal of the segment.
const lives: SmallWorld = {
  actors: ['A', 'B'],
  given: ['A: M = shmget(key1, 8192, IPC_CREAT|0600)'],
  steps: [
    ...each(['A'], 'P = shmat(M)', 'shmdt(P)', 'E = fork()', 'kill(B, SIGKILL)'),
    ...each(['A'], 'shmctl(M, IPC_RMID)', 'shmctl(M, IPC_STAT)', 'N = shmget(key1, 1, IPC_CREAT|0600)'),
    ...each(['B'], 'R = shmat(M, arena)', 'shmdt(R)', 'exec(self)'),
    ...each(['E'], 'shmdt(P)', '_exit(0)'),
  ],
  depth: 6,
}

// Attachments that replace each other page by page, and stores through them.
const pages: SmallWorld = {
  actors: ['A'],
  given: ['A: M = shmget(private, 8192)', 'A: N = shmget(private, 100)'],
  steps: each(
    ['A'],
    'P = shmat(M, arena)',
    'R = shmat(M, arena+4096, SHM_REMAP)',
    'T = shmat(N, arena+4096, SHM_REMAP)',
    'U = shmat(N, arena, SHM_RDONLY)',
    'shmdt(P)',
    'shmdt(R)',
    'shmdt(T)',
    'store(P+4096, 7)',
    'store(R, 0)',
    'load(T)',
    'shmctl(M, IPC_RMID)',
    'shmctl(M, IPC_STAT)',
    'shmctl(N, IPC_STAT)',
  ),
  depth: 6,
}

describe('small worlds of shared memory', { timeout: 60_000 }, () => {
  it('lives of attachments', () => {
    expect(summary(exploreSmall(lives, linux))).toEqual([803, 4435])
    expect(summary(exploreSmall({ ...lives, depth: 4 }, posix))).toEqual([407, 1436])
  })
  it('pages', () => {
    expect(summary(exploreSmall(pages, linux))).toEqual([509, 4155])
    expect(summary(exploreSmall({ ...pages, depth: 4 }, posix))).toEqual([307, 2006])
  })
})
