import { type Lie, liesIn } from './lie.ts'

/** About functions that are the library's alone. */
export const aboutLibrary: readonly Lie[] = liesIn('tokens.c', ['semaphores'], {
  'ftok-path-counts': {
    breaks: 'ftok goes by the name of the file, not by the file',
    rules: 'ftok.same-file-links ftok.formula ftok.proj-zero',
    witness: 'ftok(root, 1); ftok(parent, 1)',
  },
  'ftok-whole-project': {
    breaks: 'all bits of the project count',
    rules: 'ftok.proj-8bit ftok.formula ftok.proj-zero',
    witness: 'ftok(root, 1); ftok(root, 257)',
  },
  'ftok-seven-bits': {
    breaks: 'only seven bits of the project count',
    rules: 'ftok.formula ftok.proj-8bit',
    witness: 'ftok(root, 129)',
  },
  'ftok-zero-refused': {
    breaks: 'a project of 0 is an invalid argument',
    rules: 'ftok.proj-zero ftok.proj-8bit',
    witness: 'ftok(root, 0)',
  },
  'ftok-missing-has-key': {
    breaks: 'a file that does not exist has a key as well',
    rules: 'ftok.enoent',
    witness: 'ftok(missing, 1)',
  },
})
