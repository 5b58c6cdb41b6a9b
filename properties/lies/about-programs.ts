import { type Lie, liesIn } from './lie.ts'

export const aboutPrograms: readonly Lie[] = liesIn('programs.c', ['semaphores'], {
  'ipcrm-removes-nothing': {
    breaks: 'ipcrm leaves the set where it is',
    rules: 'vis.ipcrm',
    witness: 'S = semget(private, 1); ipcrm(sem, S); ipcs(sem, S)',
  },
  'ipcs-needs-permission': {
    breaks: 'ipcs lists only what its user may read',
    rules: 'vis.ipcs',
    witness: 'S = semget(private, 1, IPC_CREAT); ipcs(sem, S)',
  },
})
