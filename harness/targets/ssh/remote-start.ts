/**
 * What the shell of another machine does with the bytes of a probe on its standard input: it writes them where they may be
 * executed, and executes them once the file is gone again, so that nothing of it is there to be left behind. Without `'`, `!` and
 * line ends, which not every login shell hands on as they are.
 */
export const remoteStart = (bytes: number, environment: Readonly<Record<string, string>>): string =>
  `exec sh -c '${[
    'umask 077',
    'd=',
    'trap "exit 1" HUP INT TERM',
    'trap "rm -rf \\"\\$d\\"" EXIT',
    ...Object.entries(environment).map(([name, value]) => `${name}=${value}; export ${name}`),
    // The user's choice first, then what is there nearly everywhere.
    'for t in "$TMPDIR" /tmp /dev/shm "$HOME"',
    `do test -n "$t" && n=$(mktemp -d "$t/ipc-oracle-XXXXXX" 2>/dev/null) || continue`,
    `if test -z "$d"`,
    `then d=$n`,
    `head -c ${bytes} > "$d/probe"`,
    `test "$(wc -c < "$d/probe")" -eq ${bytes} || exit 1`,
    `else mv "$d/probe" "$n/probe"`,
    `rm -rf "$d"`,
    'd=$n',
    'fi',
    // Actors that become somebody else execute it too.
    'chmod 755 "$d/probe"',
    // Told to do nothing, it says how it is used.
    `"$d/probe" --usage >/dev/null 2>&1 </dev/null`,
    `test $? -eq ${STATUS_USAGE} || continue`,
    'exec 3< "$d/probe"',
    'rm -rf "$d"',
    'exec /proc/self/fd/3',
    'done',
    'echo the probe cannot be executed there >&2',
    'exit 1',
  ]
    .join('; ')
    .replaceAll(/\b(do|then|else); /g, '$1 ')}'`

/** Of the probe. */
const STATUS_USAGE = 2
