// The real platform's modules cannot be installed: the host's bundler resolves them. What is in them is looked at
// when the plugin starts.

declare module 'myWorld-client' {
  const myw: unknown;
  export default myw;
}

declare module 'myWorld-client/react' {}
