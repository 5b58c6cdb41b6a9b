/** How the times of calls that overlap are told. */
const OVERLAPPING = 'Where calls overlap, nanoseconds of a clock that all actors read alike'

/**
 * The trace format as a JSON Schema: NDJSON, one line validated at a time. Published as `trace.schema.json` beside
 * this file (a test holds the two equal). Steps are counted from 1; integers beyond 2^53 are decimal strings.
 */
export const traceSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:ipc-oracle:trace:1',
  title: 'One line of an ipc-oracle trace',
  description:
    'The first line is a header. Each scenario is: a scenario line; for each step that was begun a call line, the events that were first true at rest after it, a blocked line if anybody sleeps then, and a rest line; a call line for each step that was not begun; an end line.',
  oneOf: [
    'header',
    'scenario',
    'call',
    'return',
    'fault',
    'exit',
    'stop',
    'continue',
    'skipped',
    'blocked',
    'rest',
    'end',
  ].map((name) => ({ $ref: `#/$defs/${name}` })),
  $defs: {
    header: {
      ...line(
        'header',
        {
          format: { const: 'ipc-oracle trace' },
          version: { const: 1 },
          target: { type: 'string' },
          kernel: { type: 'string' },
          libc: { type: 'string' },
          arch: { type: 'string' },
          mode: { enum: ['stepped', 'overlapping'] },
          identity: record(
            { uid: ref('count'), gid: ref('count'), mapsOthers: { type: 'boolean' } },
            { changes: { enum: ['all', 'users', 'capabilities', 'none'] } },
          ),
          limits: record({
            ...Object.fromEntries(
              ['semmsl', 'semmns', 'semopm', 'semmni', 'semvmx', 'msgmax', 'msgmnb', 'msgmni', 'shmmni'].map(
                (limit) => [limit, ref('count')],
              ),
            ),
            shmmax: ref('long'),
            shmall: ref('long'),
          }),
          pageSize: { ...ref('count'), description: 'Bytes.' },
          shmlba: { ...ref('count'), description: 'Bytes: the alignment that shmat demands.' },
          arena: { ...ref('long'), description: 'The address that `arena` stands for.' },
          keyBase: {
            ...ref('integer'),
            description: 'The key n of a scenario is keyBase + n; a negative one is itself.',
          },
          initPid: { ...ref('integer'), description: 'What getppid() answers in a root actor.' },
        },
        {
          missingCalls: {
            type: 'array',
            items: { type: 'string' },
            description: 'System calls under test that the kernel does not have.',
          },
          longBytes: { ...ref('count'), description: 'Bytes of a C long in the probe; 8 if it is not said.' },
          changesLimits: { type: 'boolean', description: 'Whether scenarios may change the limits.' },
          programs: { type: 'boolean', description: 'Whether the programs ipcs and ipcrm are installed.' },
          changesPids: {
            type: 'boolean',
            description: 'Whether scenarios may choose the pid of the next process.',
          },
          hugePages: {
            ...record({
              size: ref('count'),
              available: ref('count'),
              group: { anyOf: [ref('count'), { enum: ['nobody', 'unknown'] }] },
            }),
            description:
              'Bytes of a huge page, how many a segment could get, and the group that may use them.',
          },
        },
      ),
      additionalProperties: true,
    },
    scenario: line(
      'scenario',
      {
        title: { type: 'string' },
        started: { ...ref('count'), description: 'Whole seconds of CLOCK_REALTIME_COARSE before step 1.' },
      },
      {
        overlapping: {
          type: 'array',
          items: ref('step'),
          minItems: 2,
          maxItems: 2,
          description: 'Calls overlap from this step to that one; the others are made one at a time.',
        },
      },
    ),
    call: line(
      'call',
      {
        step: ref('step'),
        actor: ref('name'),
        call: { type: 'string', description: 'A form of the vocabulary, as `semctl.GETVAL`.' },
        arguments: { type: 'object', description: 'By name; see model/vocabulary/shape.ts for the kinds.' },
      },
      {
        as: { ...ref('name'), description: 'The variable that receives what a success makes.' },
        begin: { ...ref('count'), description: `${OVERLAPPING}: when it was made. Without, it was not.` },
      },
    ),
    return: line(
      'return',
      {
        step: ref('step'),
        actor: ref('name'),
        value: ref('long'),
        errno: { type: ['string', 'null'], description: '`EAGAIN`, `errno 999`, or null for none.' },
        out: {
          type: ['object', 'null'],
          description: 'Out data by name; null where every byte was left as it was before the call.',
          additionalProperties: ref('output'),
        },
      },
      {
        clobbered: { const: true, description: 'Bytes around an out-buffer were overwritten.' },
        end: { ...ref('count'), description: `${OVERLAPPING}: when it was back.` },
      },
    ),
    fault: line(
      'fault',
      {
        step: ref('step'),
        actor: ref('name'),
        signal: { type: 'string', description: '`SIGSEGV` or `signal 99`.' },
        code: { ...ref('integer'), description: 'si_code.' },
      },
      { end: { ...ref('count'), description: `${OVERLAPPING}: when it was back.` } },
    ),
    exit: {
      ...line(
        'exit',
        { step: ref('step'), actor: ref('name') },
        { end: { ...ref('count'), description: `${OVERLAPPING}: when it was seen to be dead.` } },
      ),
      description: 'The process is dead: a zombie or gone.',
    },
    stop: actorLine('stop', 'The process was stopped by a signal.'),
    continue: actorLine('continue', 'The process goes on.'),
    skipped: actorLine('skipped', 'The step could not be given to the actor: it was not idle.'),
    blocked: {
      ...line(
        'blocked',
        {
          step: ref('step'),
          actors: { type: 'array', items: ref('name'), minItems: 1, uniqueItems: true },
        },
        { at: { ...ref('count'), description: `${OVERLAPPING}: when it was seen asleep.` } },
      ),
      description: 'Who is asleep inside a call when the system is at rest after the step: exactly these.',
    },
    rest: line('rest', {
      step: ref('step'),
      seconds: {
        ...ref('count'),
        description: 'Whole seconds of CLOCK_REALTIME_COARSE at rest after the step.',
      },
    }),
    end: line(
      'end',
      {
        problem: { type: 'string', description: 'Why the harness could not finish the scenario, or empty.' },
      },
      {
        ended: {
          ...ref('count'),
          description: 'Where calls overlap: whole seconds of CLOCK_REALTIME_COARSE behind the last step.',
        },
        dead: {
          type: 'array',
          items: ref('name'),
          description: 'Where calls overlap: who was dead behind the last step, where that was seen.',
        },
        stopped: {
          type: 'array',
          items: ref('name'),
          description: 'Where calls overlap: who was stopped behind the last step.',
        },
      },
    ),
    name: { type: 'string', pattern: '^[A-Za-z_][A-Za-z0-9_]*$' },
    step: { type: 'integer', minimum: 1 },
    integer: { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
    count: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
    long: {
      type: ['integer', 'string'],
      minimum: Number.MIN_SAFE_INTEGER,
      maximum: Number.MAX_SAFE_INTEGER,
      pattern: '^-?[0-9]{1,20}$',
    },
    output: {
      type: ['integer', 'string', 'array'],
      minimum: Number.MIN_SAFE_INTEGER,
      maximum: Number.MAX_SAFE_INTEGER,
      pattern: '^-?[0-9]{1,20}$',
      items: ref('integer'),
    },
  },
}

type Schemas = Readonly<Record<string, object>>

/** A line: its event and the given fields, all of them required, besides some that may be left out. */
function line(event: string, required: Schemas, optional: Schemas = {}) {
  const fields = record({ event: { const: event }, ...required })
  return { ...fields, properties: { ...fields.properties, ...optional } }
}

function actorLine(event: string, description: string) {
  return { ...line(event, { step: ref('step'), actor: ref('name') }), description }
}

function record(properties: Schemas, optional: Schemas = {}) {
  const required = Object.keys(properties)
  return { type: 'object', properties: { ...properties, ...optional }, required, additionalProperties: false }
}

function ref(name: string) {
  return { $ref: `#/$defs/${name}` }
}
