/** The words for items of a run: why one failed, and what a reason is called that many share. */
import type { TaskItem } from '../../contract/index.ts';
import type { ReasonCount } from './ItemReader.ts';
import type { RunWords } from './useRunWords.ts';

/** Why an item failed, in the user's language if a pack has the text `item_CODE`, and else in the server's words. */
export function reasonText(item: TaskItem, { find, msg }: Pick<RunWords, 'find' | 'msg'>): string {
  if (item.ok) return msg('items_ok');
  return find(`item_${item.code}`) ?? (item.message || item.code);
}

/** The title of a reason. Messages that name their item differ, and then the code is the only common word. */
export function reasonTitle(
  { code, message, isSame }: Pick<ReasonCount, 'code' | 'message' | 'isSame'>,
  { find }: Pick<RunWords, 'find'>,
): string {
  const own = find(`item_${code}`);
  if (own !== undefined) return own;
  return isSame && message ? message : readable(code);
}

/** 'no-pole_near' and 'noPoleNear' as 'No pole near'. */
export function readable(name: string): string {
  const words = name
    .replace(
      /([\p{Ll}\d])(\p{Lu})/gu,
      (_all, before: string, after: string) => `${before} ${after.toLowerCase()}`,
    )
    .replaceAll(/[-_]+/g, ' ')
    .trim();
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1);
}
