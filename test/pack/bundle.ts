import { mkdtemp } from 'node:fs/promises';
import { join, relative } from 'node:path';
import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { build } from 'vite';
import webpack from 'webpack';

/** What a consumer's bundler made of one of the consumer's files. */
export interface Bundle {
  /** Paths of the modules with code in what loads at once, from the consumer's folder, with `/`. */
  modules: string[];
  /** What the bundler complained about, in all of the build. */
  warnings: string[];
}

/** Bundles several of a consumer's files in one build, which reads each library once. One bundle for each file. */
export type Bundler = <Name extends string>(
  consumer: string,
  entries: Readonly<Record<Name, string>>,
) => Promise<Record<Name, Bundle>>;

/** Libraries' notes on themselves, which a consumer of theirs sees without us. */
const OF_LIBRARIES = /"use client"|'use client'|Module level directives|\bnode_modules\/(?!lrt-plugin\/)/;

/** `modulesOf` gives the modules that load at once with an entry. */
function bundlesOf<Name extends string>(
  consumer: string,
  entries: Readonly<Record<Name, string>>,
  modulesOf: (entry: string) => Iterable<string>,
  warnings: Iterable<string>,
): Record<Name, Bundle> {
  const bundleOf = (entry: string): Bundle => {
    const inConsumer = [...modulesOf(entry)].filter((id) => !id.startsWith('\0'));
    return {
      modules: inConsumer
        .map((id) => relative(consumer, id.replace(/\?.*$/, '')).replaceAll('\\', '/'))
        .sort(),
      warnings: [...warnings].filter((warning) => !OF_LIBRARIES.test(warning)),
    };
  };
  const names = Object.keys(entries) as Name[];
  return Object.fromEntries(names.map((name) => [name, bundleOf(name)])) as Record<Name, Bundle>;
}

const inputsOf = (consumer: string, entries: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, join(consumer, path)]));

/** What Rollup and Vite have in common in what they make. */
type Output =
  | { type: 'asset'; fileName: string }
  | {
      type: 'chunk';
      fileName: string;
      name: string;
      isEntry: boolean;
      imports: string[];
      modules: Record<string, { renderedLength: number }>;
    };

/** Of the chunks that load at once: the entry, and what is imported statically from there. */
function loadedAtOnce(consumer: string, chunks: readonly Output[], entry: string): string[] {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const modules: string[] = [];
  const seen = new Set<string>();
  const visit = (name: string) => {
    if (seen.has(name)) return;
    seen.add(name);
    const chunk = byName.get(name);
    // An import that is left to the application.
    if (!chunk) modules.push(`${consumer}/node_modules/${name}`);
    if (chunk?.type !== 'chunk') return;
    for (const [id, { renderedLength }] of Object.entries(chunk.modules)) {
      if (renderedLength > 0) modules.push(id);
    }
    chunk.imports.forEach(visit);
  };
  for (const chunk of chunks) {
    if (chunk.type === 'chunk' && chunk.isEntry && chunk.name === entry) visit(chunk.fileName);
  }
  return modules;
}

export const withVite: Bundler = async (consumer, entries) => {
  const warnings: string[] = [];
  const result = await build({
    root: consumer,
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      rolldownOptions: {
        input: inputsOf(consumer, entries),
        onLog: (level, log) => {
          if (level === 'warn') warnings.push(log.message);
        },
      },
    },
  });
  if (!('output' in result)) throw new Error('Vite answered with something else than one bundle');
  return bundlesOf(consumer, entries, (entry) => loadedAtOnce(consumer, result.output, entry), warnings);
};

export const withRollup: Bundler = async (consumer, entries) => {
  const warnings: string[] = [];
  const built = await rollup({
    input: inputsOf(consumer, entries),
    // What Vite and webpack bring of their own, and who bundles with Rollup adds.
    plugins: [nodeResolve({ browser: true }), commonjs()],
    // Whoever bundles a plugin with Rollup leaves these to the application, as docs/write-a-plugin.md does. Vite and
    // webpack bundle them above, and Rollup takes ten times as long as Vite.
    external: /^(react|react-dom|antd)(\/|$)/,
    onLog: (level, log) => {
      const ids = [log.id, ...(log.ids ?? [])].join(' ');
      if (level === 'warn') warnings.push(`${log.message} ${ids}`);
    },
  });
  const { output } = await built.generate({ format: 'es' });
  await built.close();
  return bundlesOf(consumer, entries, (entry) => loadedAtOnce(consumer, output, entry), warnings);
};

interface WebpackModule {
  nameForCondition?: string;
  chunks?: (string | number)[];
  modules?: WebpackModule[];
}

function* innermost(modules: readonly WebpackModule[]): Generator<string> {
  for (const { nameForCondition, modules: concatenated } of modules) {
    if (concatenated) yield* innermost(concatenated);
    else if (nameForCondition) yield nameForCondition;
  }
}

export const withWebpack: Bundler = async (consumer, entries) => {
  const path = await mkdtemp(join(consumer, 'webpack-'));
  const compiler = webpack({
    mode: 'production',
    context: consumer,
    entry: inputsOf(consumer, entries),
    output: { path },
    optimization: { minimize: false },
    performance: false,
  });
  const stats = await new Promise<webpack.Stats>((resolve, reject) => {
    compiler.run((error, result) => {
      if (result) resolve(result);
      else reject(error ?? new Error('webpack answered with nothing'));
    });
  });
  await new Promise((resolve) => compiler.close(resolve));
  if (stats.hasErrors()) throw new Error(stats.toString({ all: false, errors: true }));
  const { modules, entrypoints, warnings } = stats.toJson({
    all: false,
    modules: true,
    entrypoints: true,
    nestedModules: true,
    ids: true,
    warnings: true,
    modulesSpace: Infinity,
    nestedModulesSpace: Infinity,
  });
  return bundlesOf(
    consumer,
    entries,
    (entry) => {
      const initial = new Set(entrypoints?.[entry]?.chunks);
      const atOnce = (modules ?? []).filter((module) => module.chunks?.some((id) => initial.has(id)));
      return innermost(atOnce as WebpackModule[]);
    },
    (warnings ?? []).map(({ message }) => message),
  );
};

export const bundlers = { Vite: withVite, webpack: withWebpack, Rollup: withRollup };
