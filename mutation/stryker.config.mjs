// What is broken, and which tests must notice: by room, for `npm run mutation` (scripts/mutate.ts), which sets ROOM. Each
// room is held by its own tests only; those that take minutes stay out, and so the score is a lower bound.
const ROOMS = {
  rules: {
    mutate: ['src/sessions/rules.ts'],
    testFiles: ['test/src/sessions/rules.test.ts', 'test/src/sessions/thieves.test.ts']
  },
  tokens: { mutate: ['src/tokens/*.ts'], testFiles: ['test/src/tokens/*.test.ts'] },
  passwords: {
    mutate: ['src/passwords/*.ts', '!src/passwords/worker.ts'],
    testFiles: ['test/src/passwords/{policy,hasher,bulkhead}.test.ts']
  },
  auth: {
    mutate: ['plugins/auth.ts'],
    testFiles: ['test/plugins/auth*.test.ts', 'test/src/sessions/logout.test.ts', 'test/src/index.test.ts']
  },
  sessions: {
    // What decides. What describes (routes, schemas, claims) and what tells (mails, notices of devices) has other tests.
    mutate: [
      'src/sessions/{refresh,login,logout,find-by-token,grant,guard,live,sessions,reauthenticate,devices}.ts',
      'src/sessions/{queries,ending-queries}.ts'
    ],
    testFiles: ['mutation/sessions.test.ts'],
    mutator: { excludedMutations: ['StringLiteral'] } // names of columns and events: the compiler finds those
  }
}

const room = ROOMS[process.env.ROOM ?? '']
if (!room) throw new Error(`ROOM is one of ${Object.keys(ROOMS).join(', ')}`)

export default {
  testRunner: 'tap',
  plugins: ['@stryker-mutator/tap-runner'],
  tap: { testFiles: room.testFiles, nodeArgs: ['--test-reporter=tap', '-r', '{{hookFile}}', '{{testFile}}'] },
  mutate: room.mutate,
  mutator: room.mutator ?? {},
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 20_000,
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { logTests: false, allowColor: false, reportTests: false },
  ignorePatterns: ['.data', '.cache', 'mutation/node_modules', 'dist', 'docs'],
  tempDirName: `.cache/mutation-${process.env.ROOM}`,
  tsconfigFile: 'mutation/none.json'
}
