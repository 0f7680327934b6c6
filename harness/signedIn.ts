import { REFRESHED_TOKEN } from '../mocks/index.ts';

/** The user of the host application. */
export interface SignedIn {
  /** For `createTaskClient({ token })`. */
  token(context: { refresh: boolean }): string;
  /** Like `fetch`, with the token; a refused one is refreshed once. */
  fetch(url: string, signal: AbortSignal): Promise<Response>;
}

/** The user of a mock backend, one session for the task client and the map: a token that is refreshed where that is wanted. */
export function signedIn(): SignedIn {
  let current = 'first-token';
  const token: SignedIn['token'] = ({ refresh }) => {
    if (refresh) current = REFRESHED_TOKEN;
    return current;
  };
  const attempt = (url: string, signal: AbortSignal, refresh: boolean) =>
    fetch(url, { signal, headers: { Authorization: `Bearer ${token({ refresh })}` } });
  return {
    token,
    async fetch(url, signal) {
      const response = await attempt(url, signal, false);
      return response.status === 401 ? attempt(url, signal, true) : response;
    },
  };
}
