const METHODS = ['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS', 'PUT', 'PATCH'];

/** Returns the method for a label, or 'other' if nothing here uses it: Node accepts some thirty. */
export function methodOf(method: string): string {
  return METHODS.includes(method) ? method : 'other';
}
