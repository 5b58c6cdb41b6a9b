import type { Layer, StartOptions, Target } from './target.ts'
import { targets } from './targets.ts'

/** A target with what it is started with. */
export interface Setup {
  readonly target: Target
  readonly start: StartOptions
}

/** A setup that does without a layer of the one before it. What conforms only without it is its doing. */
export interface Simpler extends Setup {
  /** `wrap`: what the command of --wrap puts below syscall(2); `build`: what the compiler of --cc makes. */
  readonly without: Layer['is'] | 'wrap' | 'build'
  /** The layer in a sentence. */
  readonly called: string
  /** What was changed, in words that follow "the same scenario". */
  readonly how: string
}

const [host] = targets as readonly [Target]

/**
 * Setups with ever fewer layers, down to syscall(2) on the kernel of this machine. The C library is left out first where
 * the command of --wrap may have replaced it, and otherwise after what can be left out under the same executable.
 */
export function simplerSetups({ target, start }: Setup): readonly Simpler[] {
  const setups: Simpler[] = []
  let now: Setup = { target, start }
  const add = (without: Simpler['without'], called: string, how: string, next: Setup) => {
    now = next
    setups.push({ ...next, without, called, how })
  }
  const bypassLibrary = () => {
    if ((now.start.entry ?? now.target.entry ?? 'libc') === 'libc')
      add('C library', "the C library's wrapper", 'with syscall(2)', {
        target: now.target,
        start: { ...now.start, entry: 'syscall' },
      })
  }

  const { wrap, cc, arch } = start
  if (wrap !== undefined) {
    bypassLibrary()
    const { wrap: _, ...rest } = now.start
    add('wrap', `what \`${wrap}\` puts in place of the kernel`, 'without --wrap', { target, start: rest })
  }
  const same = arch === undefined ? target.layer?.without : undefined
  const outside = targets.find(({ name }) => name === same?.target)
  if (target.layer !== undefined && outside !== undefined) {
    const compiler = cc ?? same?.cc
    const { entry } = now.start
    add(target.layer.is, target.layer.called, `with the same executable on target ${outside.name}`, {
      target: outside,
      start: {
        ...(compiler === undefined ? {} : { cc: compiler }),
        ...(entry === undefined ? {} : { entry }),
      },
    })
  }
  bypassLibrary()
  if (cc !== undefined) {
    const { cc: _, ...rest } = now.start
    add('build', `what \`${cc}\` makes of the probe`, 'with the usual compiler', {
      target: now.target,
      start: rest,
    })
  }
  const { layer } = now.target
  if (layer !== undefined)
    add(layer.is, layer.called, 'with syscall(2) on target host', {
      target: host,
      start: { entry: 'syscall' },
    })
  return setups
}
