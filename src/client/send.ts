/** A value, or what gives it; asked with `refresh: true` once after a 401: then get a new one, the old is refused. */
export type Source<Value> = Value | ((context: { refresh: boolean }) => Value | Promise<Value>);

export interface Connection {
  /** Default: the global fetch at the time of each request. */
  fetch?: typeof fetch | undefined;
  /** Of every request; our own (accept, content-type, last-event-id) are set over them. */
  headers?: Source<HeadersInit> | undefined;
  /** Sent as `Authorization: Bearer`. */
  token?: Source<string> | undefined;
}

/** One request; where the token (without one: the headers) comes from a function, a 401 is answered once with a new one. */
export async function send(
  connection: Connection,
  url: string,
  own: Record<string, string>,
  init: RequestInit,
  refresh = false,
): Promise<Response> {
  const { headers: source, token } = connection;
  const headers = new Headers(typeof source === 'function' ? await source({ refresh }) : source);
  const bearer = typeof token === 'function' ? await token({ refresh }) : token;
  if (bearer) headers.set('authorization', `Bearer ${bearer}`);
  for (const name in own) headers.set(name, `${own[name]}`);
  const response = await (connection.fetch ?? fetch)(url, { ...init, headers });
  if (response.status !== 401 || refresh || typeof (token ?? source) !== 'function') return response;
  return send(connection, url, own, init, true);
}
