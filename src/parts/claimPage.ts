// Lets one copy of the plugin at a time have the page's title, its icon, its notices and its announcements.
import { answerPage, askPage, onAnswerChanged, sayChanged } from './pageQuestions.ts';

export type PagePart =
  | 'notices'
  | 'title'
  | 'icon'
  /** The ends of the user's own tasks, for a screen reader. */
  | 'announcements'
  /** Starts, and the ends of others' tasks, for a screen reader. */
  | 'other-announcements';

/**
 * Claims a part of the page. `take` is called at once where no other copy holds the part, or else as soon as the holder
 * gives it up. It returns what gives the part up. Returns the end of the claim.
 *
 * @example
 * const release = claimPage('title', () => {
 *   const title = new PageTitle();
 *   return () => title.dispose();
 * });
 */
export function claimPage(part: PagePart, take: () => () => void): () => void {
  let giveUp: (() => void) | undefined;
  let isOver = false;
  const attempt = () => {
    if (!isOver && !giveUp && !askPage('holds', part)) giveUp = take();
  };
  const ends = [
    answerPage('holds', (asked) => asked === part && giveUp !== undefined),
    onAnswerChanged('holds', (changed) => {
      if (changed === part) attempt();
    }),
  ];
  attempt();
  return () => {
    if (isOver) return;
    isOver = true;
    for (const end of ends) end();
    giveUp?.();
    if (giveUp) sayChanged('holds', part);
  };
}
