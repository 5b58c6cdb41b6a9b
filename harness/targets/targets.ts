import { describedTarget } from './described.ts'
import { dietlibcDescription } from './descriptions/dietlibc.ts'
import { gvisorDescription } from './descriptions/gvisor.ts'
import { hostI386Description } from './descriptions/host-i386.ts'
import { hostSyscallDescription } from './descriptions/host-syscall.ts'
import { muslDescription, muslStaticDescription } from './descriptions/musl.ts'
import { qemuUserDescriptions } from './descriptions/qemu-user.ts'
import { debianKernels } from './guest/debian-kernels.ts'
import { debianTarget, kernel } from './guest/guest-target.ts'
import { host } from './host.ts'
import { SSH, sshTarget } from './ssh/ssh-target.ts'
import type { Target } from './target.ts'

/** Every target, the default one first. */
export const targets: readonly Target[] = [
  host,
  ...[
    hostSyscallDescription,
    hostI386Description,
    muslDescription,
    muslStaticDescription,
    dietlibcDescription,
    gvisorDescription,
    ...qemuUserDescriptions,
  ].map(describedTarget),
  ...debianKernels.map(debianTarget),
  kernel,
]

const machines = new Map<string, Target>()

/** The target of a name: one of the list, or `ssh:HOST`. The same object for the same name; undefined if there is none. */
export function targetNamed(name: string): Target | undefined {
  if (!isMachine(name)) return targets.find((target) => target.name === name)
  const known = machines.get(name) ?? sshTarget(name)
  machines.set(name, known)
  return known
}

/** Neither an option of ssh nor the path of a file is a host. */
const isMachine = (name: string) => name.startsWith(SSH) && /^[^-\s/][^\s/]*$/.test(name.slice(SSH.length))
