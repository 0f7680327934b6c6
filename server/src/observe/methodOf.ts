const METHODS = ['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS', 'PUT', 'PATCH'];

/** The method, 'other' where it is none of those that are used here: Node takes some thirty. */
export function methodOf(method: string): string {
  return METHODS.includes(method) ? method : 'other';
}
