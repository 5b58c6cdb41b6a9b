/** Numbers of the wire format (see README.md beside this file). */

export const frameKinds = { hello: 1, scenario: 2, result: 3, failure: 4, spoilt: 5, overlap: 6 } as const

export const eventKinds = { returned: 1, faulted: 2, ended: 3, stopped: 4, continued: 5, skipped: 6 } as const

/** The events of a step are reported slot by slot, and those of one slot in this order. */
export const eventOrder = ['continued', 'returned', 'faulted', 'stopped', 'ended'] as const

/** Registers 0…15 hold pids of the actors in the slots of the same number, 16…79 ids, addresses and descriptors. */
export const SLOTS_MAX = 16
export const REGISTERS_MAX = 80

/** What the probe has room for in one scenario: steps, words of all steps, elements of a list argument. */
export const STEPS_MAX = 1024
export const SCRIPT_WORDS_MAX = 65536
export const OPERATIONS_MAX = 4096
export const VALUES_MAX = 32768

/** Bytes; a longer reply cannot be genuine. */
export const PAYLOAD_MAX = 16 * 1024 * 1024
