/** Every path of the backend, in the order they are looked for, and what may be done there. HEAD goes with GET. */
export const ROUTES = [
  { path: '/openapi.json', methods: ['GET'] },
  { path: '/tasks', methods: ['GET', 'POST'] },
  { path: '/tasks/events', methods: ['POST'] },
  { path: '/tasks/:id', methods: ['GET', 'DELETE'] },
  { path: '/tasks/:id/retry', methods: ['POST'] },
  { path: '/tasks/:id/events', methods: ['GET'] },
  { path: '/designs', methods: ['GET'] },
  { path: '/features', methods: ['GET'] },
] as const;

const PATTERNS = ROUTES.map(({ path }) => ({
  path,
  pattern: new RegExp(`^${path.replace('.', '\\.').replace(/:\w+/g, '[^/]+')}$`),
}));

export type Route = (typeof ROUTES)[number]['path'];

export function methodsOf(route: Route): readonly string[] {
  return ROUTES.find(({ path }) => path === route)?.methods ?? [];
}

/** The route that answers a path: '/tasks/:id' of '/tasks/12'. Undefined where there is none. */
export function routeOf(path: string): Route | undefined {
  return PATTERNS.find(({ pattern }) => pattern.test(path))?.path;
}
