import type { Reporter, TestModule } from 'vitest/node'

/**
 * Reporter for vitest that names every test that failed, with the first line of why, before the full account: a log of
 * which only a part is kept still says what broke.
 */
export default class FailedTests implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const lines = modules.flatMap((module) => [
      ...module.errors().map(({ message }) => line(module.relativeModuleId, message)),
      ...[...module.children.allTests('failed')].map((test) =>
        line(
          `${module.relativeModuleId} > ${test.fullName}`,
          test
            .result()
            .errors?.map(({ message }) => message)
            .join('; ') ?? '',
        ),
      ),
    ])
    if (lines.length > 0) process.stderr.write(`\n${lines.join('\n')}\n`)
  }
}

const MESSAGE_MAX = 160

const line = (name: string, message: string) =>
  `failed: ${name}: ${message.split('\n')[0]?.slice(0, MESSAGE_MAX) ?? ''}`
