import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = join(import.meta.dirname, '../../docs/run-a-server.md');

/**
 * Returns the block of docs/run-a-server.md in this language that has this text, so that tests run what operators read.
 * Throws an Error if the page has none.
 *
 * @example
 * documented('nginx', 'upstream lrt');
 */
export function documented(language: string, having: string): string {
  const blocks = readFileSync(PAGE, 'utf8').matchAll(new RegExp(`\`\`\`${language}\n([^\`]*)\`\`\``, 'g'));
  for (const [, block = ''] of blocks) if (block.includes(having)) return block;
  throw new Error(`${PAGE} has no ${language} block with "${having}"`);
}
