// Tests the setting of setup.ts by which an error describes the page when it is read, and not at each look.
import { configure, render, screen } from '@testing-library/react';
import { expect, onTestFinished, test, vi } from 'vitest';
import { describedLate } from '../../harness/describedLate.ts';

test('a search that ends without the element describes the page in its error, and not at each look', async () => {
  const describePage = vi.fn((container: Element) => container.innerHTML);
  let before: ReturnType<typeof describedLate> | undefined;
  configure(({ getElementError }) => {
    before = { getElementError };
    return describedLate(describePage);
  });
  onTestFinished(() => void (before && configure(before)));
  render(<p>The task failed</p>);

  const search = screen.findByRole('button', {}, { timeout: 400, interval: 20 });
  const { message } = await search.then(
    () => expect.fail('There is a button'),
    (error: Error) => error,
  );
  expect(message).toContain('role="button"');
  expect(message.split('The task failed')).toHaveLength(2);
  // The last look, and the end of the search.
  expect(describePage).toHaveBeenCalledTimes(2);
});
