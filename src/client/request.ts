import { refusal } from './refusal.ts';
import { type Connection, send } from './send.ts';
import { parse, type Shape } from './shapes.ts';
import { TaskClientError } from './TaskClientError.ts';

/**
 * A call that is answered in JSON. Rejects with a TaskClientError: what the answer says, or 'network' where none came;
 * with `again`, only after the second time.
 */
export async function request<T>(
  connection: Connection,
  shape: Shape<T>,
  method: string,
  url: string,
  body?: object,
  again?: boolean,
): Promise<T> {
  try {
    const response = await send(
      connection,
      url,
      { 'content-type': 'application/json' },
      {
        method,
        body: JSON.stringify(body),
      },
    );
    if (!response.ok) throw await refusal(response, url);
    return parse(shape, await response.text());
  } catch (cause) {
    if (cause instanceof TaskClientError) throw cause;
    if (again) return request(connection, shape, method, url, body);
    throw new TaskClientError({ code: 'network', message: `${url}: ${cause}`, cause });
  }
}
