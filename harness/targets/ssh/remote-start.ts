/**
 * What the shell of another machine does with the bytes of a probe on its standard input: it writes them where they may be
 * executed, and executes them once the file is gone again, so that nothing of it is there to be left behind. Without `'`, `!` and
 * line ends, which not every login shell hands on as they are.
 */
export const remoteStart = (bytes: number, environment: Readonly<Record<string, string>>): string =>
  placed(
    'probe',
    bytes,
    [
      // Told to do nothing, it says how it is used.
      `"$d/probe" --usage >/dev/null 2>&1 </dev/null`,
      `test $? -eq ${STATUS_USAGE} || continue`,
    ],
    [
      ...Object.entries(environment).map(([name, value]) => `${name}=${value}; export ${name}`),
      'exec /proc/self/fd/3',
    ],
  )

/** Of the probe. */
const STATUS_USAGE = 2

/**
 * The same for a C program that ends by itself. Should the connection end before it does, it is told so by the signal
 * that its own alarm would raise, upon which it cleans up; who tells it is no child of it.
 */
export const remoteTrial = (bytes: number, kilobytesMax: number): string =>
  placed(
    'program',
    bytes,
    [
      `echo "exit ${STATUS_TRIED}" > "$d/tried"`,
      'chmod 755 "$d/tried"',
      `"$d/tried" >/dev/null 2>&1 </dev/null`,
      `test $? -eq ${STATUS_TRIED} || continue`,
    ],
    [
      'IPC_ORACLE_TRIAL=$$; export IPC_ORACLE_TRIAL',
      'is_there() { tr "\\0" : 2>/dev/null < /proc/$$/environ | grep -q ":IPC_ORACLE_TRIAL=$$:"; }',
      'exec 4<&0',
      `( ( while read -r l <&4; do :; done; is_there && kill -ALRM $$; for t in ${MOMENTS}; do is_there || exit 0; sleep 0.2; done; kill -KILL $$ ) >/dev/null 2>&1 & )`,
      `ulimit -d ${kilobytesMax} 2>/dev/null`,
      'exec /proc/self/fd/3 4<&- </dev/null 2>&1',
    ],
  )

/** Of a script that shows that files can be executed. */
const STATUS_TRIED = 7
/** For 5 seconds it is seen whether it has cleaned up and ended. */
const MOMENTS = Array.from({ length: 25 }, (_, at) => at).join(' ')

/** `check` goes on with the next place where `$d` holds nothing that can be executed; `start` finds the file open as 3. */
const placed = (name: string, bytes: number, check: readonly string[], start: readonly string[]): string =>
  `exec sh -c '${[
    'umask 077',
    'd=',
    'trap "exit 1" HUP INT TERM',
    'trap "rm -rf \\"\\$d\\"" EXIT',
    // The user's choice first, then what is there nearly everywhere.
    'for t in "$TMPDIR" /tmp /dev/shm "$HOME"',
    `do test -n "$t" && n=$(mktemp -d "$t/ipc-oracle-XXXXXX" 2>/dev/null) || continue`,
    `if test -z "$d"`,
    `then d=$n`,
    `head -c ${bytes} > "$d/${name}"`,
    `test "$(wc -c < "$d/${name}")" -eq ${bytes} || exit 1`,
    `else mv "$d/${name}" "$n/${name}"`,
    `rm -rf "$d"`,
    'd=$n',
    'fi',
    // Actors that become somebody else execute it too.
    `chmod 755 "$d/${name}"`,
    ...check,
    `exec 3< "$d/${name}"`,
    'rm -rf "$d"',
    ...start,
    'done',
    `echo the ${name} cannot be executed there >&2`,
    'exit 1',
  ]
    .join('; ')
    .replaceAll(/\b(do|then|else); /g, '$1 ')}'`
