// The real platform's modules cannot be installed: the host's bundler resolves them. The plugin checks
// their contents when it starts.

declare module 'myWorld-client' {
  const myw: unknown;
  export default myw;
}

declare module 'myWorld-client/react' {}
