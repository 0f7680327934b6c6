import { useEffect } from 'react';
import { answerPage } from './pageQuestions.ts';

/** While the component is shown, nothing else on the page needs to say how this task ended. */
export function useShowsTask(taskId: string | undefined): void {
  useEffect(() => {
    if (taskId === undefined) return undefined;
    return answerPage('shows-task', (asked) => asked === taskId);
  }, [taskId]);
}
