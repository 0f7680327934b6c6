// Rehearses a release, for whoever publishes: what CONTRIBUTING.md says under "Releasing", on a copy, without publishing.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import serverPackageJson from '../../server/package.json' with { type: 'json' };
import { serverTarball, tarball } from './packed.ts';
import { run } from './run.ts';

const root = join(import.meta.dirname, '../..');
const PACKAGES = [
  { name: 'lrt-plugin', folder: '.', tarball, version: packageJson.version },
  { name: 'lrt-server', folder: 'server', tarball: serverTarball, version: serverPackageJson.version },
];

describe('npm run version-packages', () => {
  let copy: string;
  const read = (...path: string[]) => readFileSync(join(copy, ...path), 'utf8');

  beforeAll(async () => {
    copy = mkdtempSync(join(tmpdir(), 'lrt-release-'));
    const manifests = (await run('git', ['ls-files', '--', 'package.json', '*/package.json'], root)).split(
      '\n',
    );
    const files = ['.changeset', 'package-lock.json', 'CHANGELOG.md', 'server/CHANGELOG.md', ...manifests];
    for (const file of files.filter(Boolean)) {
      mkdirSync(dirname(join(copy, file)), { recursive: true });
      cpSync(join(root, file), join(copy, file), { recursive: true });
    }
    for (const { name } of PACKAGES) {
      const text = `---\n"${name}": minor\n---\n\nWhat the rehearsal changed in ${name}.\n`;
      writeFileSync(join(copy, '.changeset', `rehearsal-of-${name}.md`), text);
    }
    const git = (...args: string[]) =>
      run('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], copy);
    await git('init', '--quiet', '--initial-branch=main');
    await git('add', '.');
    await git('commit', '--quiet', '--message', 'copy');
    await run(process.execPath, [join(root, 'scripts/changesets.ts'), 'version'], copy);
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it.each(PACKAGES)(
    'gives $name the next version and its part of the changelog',
    ({ name, folder, version }) => {
      const [major, minor] = version.split('.').map(Number);
      const next = `${major}.${Number(minor) + 1}.0`;
      expect(JSON.parse(read(folder, 'package.json')).version).toBe(next);
      const changelog = read(folder, 'CHANGELOG.md');
      expect(changelog.startsWith(`# ${name}\n\n## ${next}\n`)).toBe(true);
      expect(changelog).toContain(`What the rehearsal changed in ${name}.`);
      expect(changelog).toContain(`## ${version}\n`);
      const [other] = PACKAGES.filter((each) => each.name !== name);
      expect(changelog).not.toContain(`What the rehearsal changed in ${other?.name}.`);
    },
  );

  it('uses up every changeset, and touches no package that is not published', async () => {
    expect(readdirSync(join(copy, '.changeset')).sort()).toEqual(['README.md', 'config.json']);
    const changed = (await run('git', ['diff', '--name-only'], copy)).split('\n');
    expect(changed.filter((path) => path.endsWith('package.json'))).toEqual([
      'package.json',
      'server/package.json',
    ]);
  });
});

describe('npm publish', () => {
  it.each(PACKAGES)(
    'would publish $name, with what its users need',
    async ({ name, tarball: file, version }) => {
      const requests: string[] = [];
      // A registry that knows no package yet, and keeps what it was asked.
      const registry = createServer((request, response) => {
        requests.push(`${request.method} ${request.url}`);
        response.writeHead(404, { 'Content-Type': 'application/json' }).end('{"error":"not found"}');
      });
      await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
      try {
        const { port } = registry.address() as AddressInfo;
        const flags = ['--dry-run', '--json', '--registry', `http://127.0.0.1:${port}/`];
        const printed = await run('npm', ['publish', file, ...flags], dirname(file));
        const report = JSON.parse(printed.slice(printed.indexOf('{'), printed.lastIndexOf('}') + 1));
        const published = report[name] ?? report;
        expect(published).toMatchObject({ id: `${name}@${version}`, name, version });
        const paths = published.files.map(({ path }: { path: string }) => path);
        expect(paths).toEqual(
          expect.arrayContaining(['package.json', 'README.md', 'CHANGELOG.md', 'LICENSE']),
        );
        expect(paths.filter((path: string) => path.startsWith('dist/')).length).toBeGreaterThan(3);
        expect(requests.filter((request) => !request.startsWith('GET '))).toEqual([]);
      } finally {
        registry.close();
      }
    },
  );

  it.each([packageJson, serverPackageJson])('$name leaves its addresses to whoever publishes', (manifest) => {
    for (const field of ['repository', 'homepage', 'bugs', 'private'])
      expect(manifest).not.toHaveProperty(field);
  });
});
