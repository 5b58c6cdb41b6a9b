import { describe, expect, it } from 'vitest'
import { linux, posix } from '../profile.ts'
import { each, exploreSmall, type SmallWorld, summary } from './small-worlds.testing.ts'

// A family of three generations: ends in every order, waits for one, any and none of them, adoption by a subreaper or
// the driver, zombies that nobody wants.
const family: SmallWorld = {
  actors: ['A'],
  steps: [
    ...each(['A'], 'E = fork()', 'F = fork()', 'waitpid(-1)', 'waitpid(E, WNOHANG)'),
    ...each(['A'], 'waitid(P_ALL, 0, WEXITED|WNOWAIT)', 'sigaction(SIGCHLD, SIG_IGN)'),
    'A: prctl(PR_SET_CHILD_SUBREAPER, 1)',
    ...each(['E'], 'G = fork()', 'waitpid(G)', '_exit(1)'),
    ...each(['F'], 'kill(E, SIGKILL)', '_exit(2)'),
    'G: _exit(3)',
  ],
  depth: 6,
}

// A parent that waits for a child that is stopped, continued and killed by somebody else, while the parent itself is
// stopped, continued and interrupted.
const stops: SmallWorld = {
  actors: ['A', 'B'],
  given: ['A: E = fork()'],
  steps: [
    ...each(['A'], 'waitpid(E, WUNTRACED)', 'waitpid(E, WCONTINUED)', 'waitpid(-1, WNOHANG|WUNTRACED)'),
    ...each(['A'], 'waitid(P_PID, E, WSTOPPED|WCONTINUED)', 'sigaction(SIGCHLD, handler)'),
    ...each(['A'], 'sigaction(SIGUSR1, handler)', 'sigprocmask(SIG_BLOCK, SIGCHLD)'),
    ...each(['B'], 'kill(E, SIGSTOP)', 'kill(E, SIGCONT)', 'kill(E, SIGTSTP)', 'kill(E, SIGKILL)'),
    ...each(['B'], 'kill(A, SIGSTOP)', 'kill(A, SIGCONT)', 'kill(A, SIGUSR1)'),
    'E: _exit(0)',
  ],
  depth: 5,
}

// Groups and sessions, signals to whole groups, and orphans that are stopped.
const groups: SmallWorld = {
  actors: ['A'],
  given: ['A: E = fork()', 'E: F = fork()'],
  steps: [
    ...each(['E'], 'setpgid(0, 0)', 'setsid()', '_exit(0)'),
    ...each(['F'], 'setpgid(0, E)', 'setpgid(0, 0)', 'kill(F, SIGTSTP)', 'kill(F, SIGSTOP)'),
    ...each(['A'], 'kill(-E, SIGSTOP)', 'kill(-E, SIGCONT)', 'kill(-E, SIGTERM)', 'waitpid(-1, WNOHANG)'),
    'A: setpgid(E, E)',
  ],
  depth: 6,
}

describe('small worlds of processes', { timeout: 60_000 }, () => {
  it('a family', () => {
    expect(summary(exploreSmall(family, linux))).toEqual([590, 2178])
    expect(summary(exploreSmall({ ...family, depth: 5 }, posix))).toEqual([341, 1319])
  })
  it('stops', () => {
    expect(summary(exploreSmall(stops, linux))).toEqual([1378, 6159])
    expect(summary(exploreSmall({ ...stops, depth: 4 }, posix))).toEqual([776, 3386])
  })
  it('groups', () => {
    expect(summary(exploreSmall(groups, linux))).toEqual([142, 977])
    expect(summary(exploreSmall({ ...groups, depth: 5 }, posix))).toEqual([154, 923])
  })
})
