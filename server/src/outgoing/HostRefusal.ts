/** A host was not called, because the operator does not allow it. No further try can bring another outcome. */
export class HostRefusal extends TypeError {
  constructor(reason: string) {
    super(reason);
    this.name = 'HostRefusal';
  }
}

/** Finds the refusal among an error and what caused it. */
export function hostRefusalOf(error: unknown): HostRefusal | undefined {
  for (let each = error, depth = 0; each instanceof Error && depth < 10; each = each.cause, depth++) {
    if (each instanceof HostRefusal) return each;
  }
  return undefined;
}
