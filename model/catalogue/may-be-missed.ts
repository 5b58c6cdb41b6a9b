/** Rules of the model that a run may well not exercise, and why: sentences without a full stop. */
export const mayBeMissed: Readonly<Record<string, string>> = {
  'access.unknown-address': 'generators leave out addresses that may have been given away again',
  'getpgid.negative.einval': 'other systems may answer so in profile posix; Linux never does',
  'prctl.subreaper.unknown': 'other systems may answer so in profile posix; Linux never does',
  'prctl.pdeathsig.unknown': 'other systems may answer so in profile posix; Linux never does',
  'thread.flags.unknown': 'other systems may answer so in profile posix; Linux never does',
  'unshare.unknown': 'other systems may answer so in profile posix; Linux never does',
  'waitpid.kinds.unknown': 'other systems may answer so in profile posix; Linux never does',
  'shmat.hugetlb.no-page-faults': 'where pages are reserved (`vm.nr_hugepages`), it depends on who uses them',
  'shmat.large.enomem': 'whether the machine refuses the memory is its own affair',
  'shmctl.lock.over-limit-enomem': 'the limit counts per user over all probes',
  'shmdt.unknown': 'generators leave out addresses that may have been given away again',
  'shmget.create.memory-enomem': 'whether the machine refuses the memory is its own affair',
  'shmget.create.size-unsigned': 'only programs of 32 bits can show it',
  'sigchld.end.first-thread-code': 'only versions of Linux before 6.15 do so',
  'shmget.hugetlb.no-pages-enomem':
    'where pages are reserved (`vm.nr_hugepages`), it depends on who uses them',
}
