// Says which tests cannot run on this machine for want of a program, to the configuration of Vitest and to whoever reads
// the end of a run.
import { findOgrinfo, findProxies, findPython, findServices } from './services/findServices.mjs';

interface Need {
  /** Says in one sentence what is missing and what to install. Undefined where all is there. */
  missing(): string | undefined;
  projects?: readonly string[];
  /** Paths, or patterns of paths. */
  files?: readonly string[];
}

const NEEDS: readonly Need[] = [
  {
    missing: () => findServices().missing,
    projects: ['server', 'faults'],
    files: ['test/e2e/realServer.test.ts'],
  },
  { missing: () => missingPrograms('nginx', 'openssl'), files: ['test/server/edge/**'] },
  { missing: () => missingPrograms('openssl'), files: ['test/server/**/tls*.test.ts'] },
  {
    missing: () =>
      findOgrinfo()
        ? undefined
        : 'ogrinfo of GDAL not found (Debian, Ubuntu: "sudo apt-get install gdal-bin")',
    files: ['test/unit/backend/handover/**/*.ogrinfo.test.ts'],
  },
  { missing: () => missingPrograms('pgbouncer'), files: ['test/server/**/pgbouncer*.test.ts'] },
  {
    missing: () => missingPrograms('nginx', 'openssl', 'pgbouncer'),
    files: ['test/faults/soak.test.ts'],
  },
  {
    missing: () => missingPython('fastapi', 'uvicorn'),
    files: [
      'test/unit/client/protocols/control/pythonService.test.ts',
      'test/unit/docs/services.test.ts',
      'test/unit/server/cli/services.test.ts',
    ],
  },
  {
    missing: () => missingPython('websockets'),
    files: [
      'test/unit/client/protocols/reflex/pythonService.test.ts',
      'test/unit/server/cli/seedCommands.test.ts',
    ],
  },
  { missing: () => missingPrograms('curl'), files: ['test/unit/server/cli/seedCommands.test.ts'] },
];

const PACKAGES = { nginx: 'nginx-light', openssl: 'openssl', pgbouncer: 'pgbouncer', curl: 'curl' };

function missingPrograms(...programs: (keyof typeof PACKAGES)[]): string | undefined {
  const found = findProxies();
  const missing = programs.filter((program) => found[program] === undefined);
  if (missing.length === 0) return undefined;
  const packages = missing.map((program) => PACKAGES[program]).join(' ');
  return `${missing.join(' and ')} not found (Debian, Ubuntu: "sudo apt-get install ${packages}")`;
}

function missingPython(...libraries: Parameters<typeof findPython>): string | undefined {
  if (findPython(...libraries)) return undefined;
  const packages = libraries.map((library) => `python3-${library}`).join(' ');
  return `python3 with ${libraries.join(' and ')} not found (Debian, Ubuntu: "sudo apt-get install ${packages}")`;
}

/** The projects, and the files of other projects, that cannot run here. */
export function testsLeftOut(needs = NEEDS): { projects: string[]; files: string[] } {
  const unmet = needs.filter(({ missing }) => missing() !== undefined);
  return {
    projects: unmet.flatMap(({ projects = [] }) => projects),
    files: unmet.flatMap(({ files = [] }) => files),
  };
}

/**
 * One line for each thing that is missing: the tests that cannot run here, why, and what to install. Undefined where all
 * can run. In CI, where nothing may be left out, it is thrown as an Error.
 */
export function leftOut(needs = NEEDS): string | undefined {
  const lines = needs.flatMap(({ missing, projects = [], files = [] }) => {
    const reason = missing();
    if (reason === undefined) return [];
    const tests = [
      ...(projects.length > 0 ? [`the test projects ${projects.join(' and ')}`] : []),
      ...(files.length > 0 ? [files.join(', ')] : []),
    ];
    return [`Left out: ${tests.join(', and ')}: ${reason}`];
  });
  if (lines.length === 0) return undefined;
  const text = lines.join('\n');
  if (process.env.CI === 'true') throw new Error(`CI leaves nothing out. ${text}`);
  return text;
}
