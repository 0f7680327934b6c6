/** Follows all tasks of a client token, from a page that has a bearer token. */
export function openReflexSocket(url: string, token: string, onState: (state: unknown) => void): WebSocket {
  const encoded = btoa(token).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const socket = new WebSocket(`${url}/reflex/ws/tasks/tab-1`, ['lrt', `bearer.${encoded}`]);
  socket.addEventListener('message', ({ data }) => onState(JSON.parse(data)));
  return socket;
}
