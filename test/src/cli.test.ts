import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runCli } from '../support/cli.ts'

test('whoever asks for help gets it, without a database', async () => {
  for (const word of ['--help', 'help']) {
    const help = await runCli({}, word)
    for (const verb of ['migrate', 'create-admin', 'outbox', 'keys rotate'])
      assert.match(help, new RegExp(`^ +${verb} `, 'm'))
  }
})

test('what is no command fails with the same words', async () => {
  for (const args of [[], ['mirgate'], ['migrate', 'sideways']]) {
    await assert.rejects(runCli({}, ...args), { code: 1, stdout: '', stderr: /^usage: / })
  }
})
