/** A program that nobody wrote for ipc-oracle, or that is written as its manual page does. */
export interface ForeignProgram {
  readonly name: string
  /** What must be installed, as a shell command that finds it; and the package that has it. */
  readonly needs: string
  readonly package: string
  /** Run in an empty folder. `$HERE`: the folder of the programs. */
  readonly command: string
}

const stress = (name: string): ForeignProgram => ({
  name: `stress-ng --${name}`,
  needs: 'command -v stress-ng',
  package: 'stress-ng',
  command: `stress-ng --${name} 2 --timeout 2 --quiet`,
})

const example = (name: string): ForeignProgram => ({
  name: `${name}.c`,
  needs: 'command -v cc',
  package: 'gcc',
  command: `./${name}`,
})

/** Programs of which a source is compiled before. */
export const compiled: ReadonlySet<string> = new Set(['wait-status.c', 'shm-string.c', 'msg-types.c'])

export const programs: readonly ForeignProgram[] = [
  {
    name: 'PostgreSQL',
    needs: 'ls /usr/lib/postgresql/*/bin/initdb && id postgres',
    package: 'postgresql',
    command: 'sh "$HERE/postgresql.sh"',
  },
  {
    name: 'job control',
    needs: 'command -v bash',
    package: 'bash',
    command: 'bash "$HERE/job-control.sh"',
  },
  { name: 'make -j8', needs: 'command -v make', package: 'make', command: 'sh "$HERE/make.sh"' },
  ...['sem-sysv', 'msg', 'shm-sysv', 'fork', 'wait'].map(stress),
  {
    name: 'Perl IPC::SysV',
    needs: 'perl -MIPC::SysV -e1',
    package: 'perl',
    command: 'perl "$HERE/perl-ipc.pl"',
  },
  {
    name: 'Python processes',
    needs: 'command -v python3',
    package: 'python3',
    command: 'python3 "$HERE/python-pool.py"',
  },
  {
    name: 'Python tests',
    needs: 'python3 -c "import test.test_wait4"',
    package: 'libpython3-testsuite',
    command: 'sh "$HERE/python-processes.sh"',
  },
  ...['wait-status', 'shm-string', 'msg-types'].map(example),
]
