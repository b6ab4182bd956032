#!/usr/bin/env node
// The command of the installed package: looks at the version before anything is loaded that an older Node cannot link.
const NEEDED = 24

if (Number(process.versions.node.split('.')[0]) < NEEDED) {
  console.error(`guildhall needs Node ${NEEDED} or later; this is ${process.versions.node}.`)
  process.exitCode = 1
} else {
  await import('./cli.ts')
}

export {} // a module, so that it may await
