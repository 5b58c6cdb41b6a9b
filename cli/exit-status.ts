import type { RunRecord } from '../oracle/run.ts'

/** What the exit status says; the same for every command. */
export const exitStatus = {
  conforms: 0,
  deviates: 1,
  usage: 2,
  inconclusive: 3,
  interrupted: 130,
} as const

export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus]

/** An interrupted run says so, whatever it had found. */
export const statusOf = ({ verdict, interrupted }: Pick<RunRecord, 'verdict' | 'interrupted'>): ExitStatus =>
  interrupted ? exitStatus.interrupted : exitStatus[verdict]
