/** 'docs/write-a-task.md#params' gives '?path=/docs/docs-write-a-task--docs#params'; other addresses stay. */
export function pageOf(href: string): string {
  const match = /^(?:\.\.?\/)?(?:docs\/)?([\w-]+)\.md(#.*)?$/.exec(href);
  if (!match?.[1]) return href;
  return `?path=/docs/docs-${match[1].toLowerCase()}--docs${match[2] ?? ''}`;
}
