declare module 'virtual:seed-plugin' {
  /** The seed's plugin; undefined where ../shared/seeds is not there. */
  export const LrtPlugin: import('../../../src/host/index.ts').PluginEntry | undefined;
}
