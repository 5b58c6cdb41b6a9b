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

const shell = (name: string): ForeignProgram => ({
  name,
  needs: `command -v ${name}`,
  package: name,
  command: `${name} "$HERE/job-control.sh"`,
})

/** Programs of which a source is compiled before. */
export const compiled: ReadonlySet<string> = new Set([
  'wait-status.c',
  'shm-string.c',
  'msg-types.c',
  'threads.c',
])

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
  ...['mksh', 'ksh', 'yash'].map(shell),
  {
    name: 'fakeroot',
    needs: 'command -v fakeroot-sysv',
    package: 'fakeroot',
    command: 'sh "$HERE/fakeroot.sh"',
  },
  {
    name: 'PHP',
    needs: "php -r \"exit(function_exists('sem_get') && function_exists('pcntl_fork') ? 0 : 1);\"",
    package: 'php-cli',
    command: 'php "$HERE/php-ipc.php"',
  },
  { name: 'Ruby', needs: 'command -v ruby', package: 'ruby', command: 'ruby "$HERE/ruby-processes.rb"' },
  {
    name: 'GNU parallel',
    needs: 'command -v parallel',
    package: 'parallel',
    command: "parallel -j4 'echo {}; sleep 0.0{}' ::: 1 2 3 4 5 6 7 8",
  },
  ...['vforkmany', 'zombie', 'session', 'sigfd', 'pthread'].map(stress),
  ...['wait-status', 'shm-string', 'msg-types', 'threads'].map(example),
]
