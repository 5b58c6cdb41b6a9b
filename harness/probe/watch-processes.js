import { readFile } from 'node:fs/promises';
/** The pids of the child and its descendants, parents first. */
export async function familyOf(pid) {
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
    const families = children.split(' ').filter((word) => word !== '');
    return [pid, ...(await Promise.all(families.map((child) => familyOf(Number(child))))).flat()];
}
export async function untilGone(pids) {
    for (const pid of pids)
        while (await isAlive(pid))
            ;
}
export const isAlive = (pid) => readFile(`/proc/${pid}/stat`, 'utf8').then((stat) => !/\) [ZX]/.test(stat), () => false);
/** The System V objects of this IPC namespace. */
export async function objects() {
    const lists = ['sem', 'msg', 'shm'].map(async (kind) => {
        const lines = (await readFile(`/proc/sysvipc/${kind}`, 'utf8')).trim().split('\n').slice(1);
        return lines.map((line) => `${kind} ${line.trim().split(/\s+/)[1]}`);
    });
    return (await Promise.all(lists)).flat();
}
