import { NO_LOCATION, P_PIDFD } from '../../../model/vocabulary/names.ts'
import { BAD, type Place, type Said, type Sayings } from '../saying.ts'
import { number, plainCall, printers, signal, variable } from '../words.ts'

/** Waiting, signals, and what else is about processes; `fork` and the like are in the script. */
export const aboutProcesses: Sayings = {
  exec: (call) => ({
    call:
      call.image === 0
        ? 'run_again(0)'
        : `execve(${call.image === 1 ? '"/nonexistent/image"' : '"/"'}, (char *[]){ "x", NULL }, environ)`,
  }),
  wait: (call, place) =>
    waiting(call.location, place, (at) =>
      call.location === 2 ? `syscall(SYS_wait4, -1, ${at}, 0, NULL)` : `wait(${at})`,
    ),
  waitpid: (call, place) =>
    waiting(call.location, place, (at) => {
      const [who, options] = [printers.process(call.process), waitWords(call)]
      return call.location === 2
        ? `syscall(SYS_wait4, ${who}, ${at}, ${options}, NULL)`
        : `waitpid(${who}, ${at}, ${options})`
    }),
  wait4: (call, place) => {
    const usage = `usage${place.number}`
    const said = waiting(call.location, place, (at) => {
      const words = `${printers.process(call.process)}, ${at}, ${waitWords(call)}, POISON(s->${usage})`
      return call.location === 2 ? `syscall(SYS_wait4, ${words})` : `wait4(${words})`
    })
    return {
      ...said,
      shared: [...(said.shared ?? []), `struct rusage ${usage};`],
      out: { ...said.out, usage: `(UNTOUCHED(s->${usage}) ? 0 : 1)`, ...used(`&s->${usage}`) },
    }
  },
  waitid: (call, { number: step }) => {
    const at = call.location === 0 ? `POISON(s->info${step})` : call.location === NO_LOCATION ? 'NULL' : BAD
    const words = plainCall({ ...call, name: 'waitid' })
      .replace(/^waitid\(/, '')
      .replace(/\)$/, '')
      .split(', ')
    const [type = '', id = '', options = ''] = words
    const who =
      call.idtype === P_PIDFD && typeof call.id === 'string'
        ? variable(call.id)
        : id.startsWith('-') || id.startsWith('INT')
          ? `(id_t)${id}`
          : id
    const usage = call.usage === 1
    const call_ =
      usage || call.location === 2
        ? `syscall(SYS_waitid, ${type}, ${who}, ${at}, ${options}, ${usage ? `POISON(s->usage${step})` : 'NULL'})`
        : `waitid(${type}, ${who}, ${at}, ${options})`
    const info = `s->info${step}`
    return {
      shared: [`siginfo_t info${step};`, ...(usage ? [`struct kernel_usage usage${step};`] : [])],
      ...(call.location === 0 ? {} : { before: [`POISON(${info});`] }),
      call: call_,
      buffer: info,
      out: {
        ...Object.fromEntries(
          ['signo', 'errno', 'code', 'status', 'pid', 'uid'].map((name) => [name, `${info}.si_${name}`]),
        ),
        ...(usage
          ? {
              usage: `(UNTOUCHED(s->usage${step}) ? 0x5a5a5a5a : 1)`,
              ...used(`as_rusage(&s->usage${step})`),
            }
          : {}),
      },
    }
  },
  sigaction: (call, { scenario }) => {
    const isCounted = scenario.steps.some((each) => each.call.name === 'caught')
    const dispositions = isCounted ? ['DEFAULT', 'IGNORE', 'NOTE'] : ['SIG_DFL', 'SIG_IGN', 'do_nothing']
    const disposition = dispositions[call.disposition] ?? dispositions[0]
    return {
      call: isCounted
        ? `set_action(${signal(call.signal)}, ${disposition}, ${flags(call)})`
        : `sigaction(${signal(call.signal)}, &(struct sigaction){ .sa_handler = ${disposition}, .sa_flags = ${flags(call)} }, NULL)`,
    }
  },
  'sigprocmask.SIG_BLOCK': (call) => ({ call: `change_mask(SIG_BLOCK, ${signal(call.signal)})` }),
  'sigprocmask.SIG_UNBLOCK': (call) => ({ call: `change_mask(SIG_UNBLOCK, ${signal(call.signal)})` }),
  sigpending: (call) => ({ call: `is_pending(${signal(call.signal)})` }),
  caught: (call, { number: step }) => ({
    shared: [`struct caught caught${step};`],
    call: `take_caught(${signal(call.signal)}, &s->caught${step})`,
    out: Object.fromEntries(
      ['code', 'status', 'pid', 'uid'].map((name) => [name, `s->caught${step}.${name}`]),
    ),
  }),
  'prctl.PR_SET_CHILD_SUBREAPER': (call) => ({
    call: `prctl(PR_SET_CHILD_SUBREAPER, ${call.on}UL, 0UL, 0UL, 0UL)`,
  }),
  'prctl.PR_SET_PDEATHSIG': (call) => ({
    call: `prctl(PR_SET_PDEATHSIG, (unsigned long)${signal(call.signal)}, 0UL, 0UL, 0UL)`,
  }),
  pidfd_open: (call) => ({
    call: `syscall(SYS_pidfd_open, ${printers.process(call.process)}, ${plainCall(call).replace(/.*, /, '').replace(/\)$/, '')})`,
  }),
  thread: (call) => ({ call: `start_thread(${call.as}, thread_${call.as})` }),
  thread_exit: (call) => ({ call: `syscall(SYS_exit, ${call.status})` }),
  setnextpid: (call) => ({
    call: `write_number("/proc/sys/kernel/ns_last_pid", ${printers.process(call.process)} - 1)`,
  }),
  macros: (call, { number: step }) => {
    const names = [
      'exited',
      'exitstatus',
      'signaled',
      'termsig',
      'coredump',
      'stopped',
      'stopsig',
      'continued',
    ]
    const value = number(call.status)
    const parts = [
      'WIFEXITED(status) != 0',
      'WIFEXITED(status) ? WEXITSTATUS(status) : -1',
      'WIFSIGNALED(status) != 0',
      'WIFSIGNALED(status) ? WTERMSIG(status) : -1',
      'WCOREDUMP(status) != 0',
      'WIFSTOPPED(status) != 0',
      'WIFSTOPPED(status) ? WSTOPSIG(status) : -1',
      'WIFCONTINUED(status) != 0',
    ]
    return {
      shared: [`int macro${step}[${names.length}];`],
      before: [
        `int status${step} = ${value};`,
        ...parts.map(
          (part, at) => `s->macro${step}[${at}] = ${part.replaceAll('(status)', `(status${step})`)};`,
        ),
      ],
      call: '0',
      out: Object.fromEntries(names.map((name, at) => [name, `s->macro${step}[${at}]`])),
    }
  },
  burn: ({ units }) => ({ call: `burn(${units})` }),
  fill: ({ units }) => ({ call: `use_memory(${units})` }),
  getrusage: (call, { number: step }) => ({
    shared: [`struct rusage usage${step};`],
    call: plainCall(call, `POISON(s->usage${step})`),
    buffer: `s->usage${step}`,
    out: used(`&s->usage${step}`),
  }),
}

/** Units of which all are told, and no more. */
const used = (usage: string) => ({
  ...{ least: `time_units(${usage})`, most: `time_units(${usage})` },
  ...{ leastMemory: `memory_units(${usage})`, mostMemory: `memory_units(${usage})` },
})

function waiting(location: number, { number: step }: Place, call: (at: string) => string): Said {
  const status = `s->status${step}`
  return {
    shared: [`int status${step};`],
    ...(location === 0 ? {} : { before: [`${status} = POISONED;`] }),
    call: call(location === 0 ? `POISON(${status})` : location === NO_LOCATION ? 'NULL' : BAD),
    buffer: status,
    untouched: `${status} == POISONED`,
    out: { status },
  }
}

/** The options of a wait. */
const waitWords = (call: { readonly name: 'waitpid' | 'wait4'; readonly options: number }) =>
  plainCall({ ...call, process: 0, location: 0 } as never).split(', ')[1] ?? '0'

const flags = (call: { readonly name: 'sigaction'; readonly flags: number }) =>
  (plainCall({ ...call, signal: 0, disposition: 0 } as never).split(', ')[2] ?? '0').replace(/\)$/, '')
