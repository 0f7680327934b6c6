import { HOST_GROUP, type HostMessageKey } from './hostMessages.ts';
import { useLocale } from './useLocale.ts';

/** The host's own texts, with their keys checked. */
export function useHostText(): (key: HostMessageKey) => string {
  const { msg } = useLocale(HOST_GROUP);
  return msg;
}
