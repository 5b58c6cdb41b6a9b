/** The command that installs Debian packages. */
export const aptCommand = (packages: readonly string[]): string =>
  `apt-get install --no-install-recommends ${packages.join(' ')}`

/** What to type, for people: with this package's own script, or by hand. */
export const installWords = (target: string, packages: readonly string[]): string =>
  `\`${aptCommand(packages)}\` or \`npm run provision ${target}\``
