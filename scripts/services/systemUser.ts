import { spawnSync } from 'node:child_process';

/** The user as `child_process.spawn` wants it. */
export interface SystemUser {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root. @returns whom it runs as instead; undefined where we are not root. */
export function unprivilegedUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) =>
      spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout.trim(),
    );
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    'PostgreSQL does not run as root, and there is no user "postgres" or "nobody" to run it as',
  );
}

/** Says whether the user can enter the folder: a home folder is often open to its owner alone. */
export function canEnter(folder: string, user: SystemUser | undefined): boolean {
  return !user || spawnSync('ls', ['-d', `${folder}/.`], { ...user, cwd: '/', stdio: 'ignore' }).status === 0;
}
