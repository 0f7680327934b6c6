/** Splits `table/id`; undefined where the text is not of that form. */
export function parseUrn(urn: unknown): { table: string; id: number } | undefined {
  if (typeof urn !== 'string') return undefined;
  const slash = urn.indexOf('/');
  if (slash < 1) return undefined;
  const id = Number(urn.slice(slash + 1));
  if (!Number.isSafeInteger(id) || id < 1) return undefined;
  return { table: urn.slice(0, slash), id };
}

/** 'design/NAME' -> 'NAME'. */
export function designName(design: string): string {
  return design.startsWith('design/') ? design.slice('design/'.length) : design;
}
