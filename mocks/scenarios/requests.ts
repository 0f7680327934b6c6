export function isEnqueue(request: Request): boolean {
  return request.method === 'POST' && new URL(request.url).pathname.endsWith('/tasks');
}

export function isEventsRequest(request: Request): boolean {
  return new URL(request.url).pathname.endsWith('/events');
}

export function isEventStream(response: Response): boolean {
  return (response.headers.get('Content-Type') ?? '').startsWith('text/event-stream');
}

export function checkNumber(scenario: string, field: string, value: number, atLeast: number): void {
  if (!Number.isFinite(value) || value < atLeast) {
    throw new RangeError(`${scenario}({ ${field} }): must be a number of at least ${atLeast}, not ${value}`);
  }
}
