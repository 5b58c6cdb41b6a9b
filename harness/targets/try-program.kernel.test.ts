import { expect, it } from 'vitest'
import { isAlive, untilGone } from '../probe/watch-processes.ts'
import { tryProgram } from './try-program.ts'

const tried = (source: string) => tryProgram({ source, cc: undefined, runner: [] })

it('a program cannot take all memory', async () => {
  const source = `
    #include <stdlib.h>
    #include <string.h>
    int main(void) { char *all = malloc((size_t)4 << 30); return all == NULL ? 5 : 6; }`
  expect(await tried(source)).toEqual({ status: 5, output: '' })
})

it('a program that does not compile is not run', async () => {
  expect(await tried('int main(void) { return x; }')).toMatchObject({
    status: null,
    output: expect.stringContaining('It does not compile'),
  })
})

it('what a program leaves behind is ended with it', async () => {
  const source = `
    #define _DEFAULT_SOURCE
    #include <stdio.h>
    #include <unistd.h>
    int main(void)
    {
      pid_t child = fork();
      if (child == 0) {
        setsid();
        for (;;)
          pause();
      }
      printf("%d", (int)child);
      return 3;
    }`
  const { status, output } = await tried(source)
  expect(status).toBe(3)
  await untilGone([Number(output)])
  expect(await isAlive(Number(output))).toBe(false)
})
