import type { Protocol, RouteTraits } from './Protocol.ts';

/** A method of a route. */
export interface Endpoint extends RouteTraits {
  /** The protocol's name. */
  readonly protocol: string;
  /** 'GET /tasks/:id', as the protocol has it. */
  readonly key: string;
}

/** A path of the backend and what may be done there. */
export interface Route {
  /** '/tasks/:id', below the base path. */
  readonly path: string;
  /** By method. HEAD goes with GET. */
  readonly endpoints: ReadonlyMap<string, Endpoint>;
}

interface Entry extends Route {
  readonly endpoints: Map<string, Endpoint>;
  readonly pattern: RegExp;
}

/** The routes of all the protocols of a backend, by path. */
export class RouteTable {
  readonly #entries: Entry[];

  /** Throws a TypeError that names both protocols where two of them serve the same route. */
  constructor(protocols: readonly Pick<Protocol, 'name' | 'routes'>[]) {
    const entries = new Map<string, Entry>();
    for (const { name, routes } of protocols) {
      for (const [key, traits] of Object.entries(routes)) {
        const [method = '', path = ''] = key.split(' ');
        const shape = shapeOf(path);
        const entry = entries.get(shape) ?? { path, endpoints: new Map(), pattern: patternOf(path) };
        const other = entry.endpoints.get(method);
        if (other) {
          throw new TypeError(
            `createBackend: the protocols "${other.protocol}" and "${name}" both serve "${key}"; give one of them another path`,
          );
        }
        entry.endpoints.set(method, { ...traits, protocol: name, key });
        entries.set(shape, entry);
      }
    }
    // '/tasks/events' comes before '/tasks/:id'.
    this.#entries = [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
  }

  /** In the order in which a router has to look for them. */
  get routes(): readonly Route[] {
    return this.#entries;
  }

  /** The route of a path below the base path: '/tasks/:id' for '/tasks/12'. */
  find(path: string): Route | undefined {
    return this.#entries.find(({ pattern }) => pattern.test(path));
  }
}

/** The traits of a method at a route. Undefined if the route does not have the method. */
export function endpointOf(route: Route | undefined, method: string): Endpoint | undefined {
  return route?.endpoints.get(method === 'HEAD' ? 'GET' : method);
}

/** Equal for paths that match the same requests. A parameter sorts behind every literal. */
function shapeOf(path: string): string {
  return path.replace(/:\w+/g, '\uffff');
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+')}$`);
}
