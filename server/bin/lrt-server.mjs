#!/usr/bin/env node
// This is plain JavaScript that any Node can read, so that a Node that is too old prints a message and not a syntax
// error.
import { existsSync } from 'node:fs';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 15)) {
  console.error(`lrt-server needs Node 22.15 or newer; this is ${process.versions.node}: https://nodejs.org`);
  process.exit(1);
}

// The repository runs its sources as they are; the package has them built.
const source = new URL('../src/cli/main.ts', import.meta.url);
await import(existsSync(source) ? source.href : new URL('../dist/cli/main.js', import.meta.url).href);
