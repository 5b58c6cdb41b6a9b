/** The pids of the child and its descendants, parents first. */
export declare function familyOf(pid: number): Promise<number[]>;
export declare function untilGone(pids: readonly number[]): Promise<void>;
export declare const isAlive: (pid: number) => Promise<boolean>;
/** The System V objects of this IPC namespace. */
export declare function objects(): Promise<string[]>;
