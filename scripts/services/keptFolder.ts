import { createHash } from 'node:crypto';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { canEnter, unprivilegedUser } from './systemUser.ts';

/**
 * The folder in which services keep their data: .services/ here, or outside if PostgreSQL's user cannot enter the
 * repository.
 */
export function keptFolder(): string {
  const project = join(import.meta.dirname, '../..');
  if (canEnter(project, unprivilegedUser())) return join(project, '.services');
  const folder = `/var/tmp/lrt-plugin-${createHash('sha256').update(project).digest('hex').slice(0, 12)}`;
  mkdirSync(folder, { recursive: true });
  if (statSync(folder).uid !== process.getuid?.())
    throw new Error(`${folder} belongs to somebody else: delete it`);
  return folder;
}
