import type { ReproducerOptions } from './options.ts'

/** What a program says of itself at its end. */
export function result({ ktap, rule, file }: ReproducerOptions): string {
  if (ktap !== true) return 'if (status == 0)\n\tprintf("as allowed\\n");'
  const name = rule ?? file
  return `printf("%s 1 %s%s\\n", status == DEVIATES || status == HARD_ERROR ? "not ok" : "ok", "${name}",\n       status == SKIPPED ? " # SKIP" : "");`
}
