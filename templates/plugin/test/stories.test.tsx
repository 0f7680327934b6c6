// @vitest-environment happy-dom
import { composeStories } from '@storybook/react-vite';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import * as stories from '../stories/PlaceClosures.stories.tsx';

afterEach(cleanup);

it.each(Object.entries(composeStories(stories)))('story %s', async (_name, Story) => {
  render(<Story />);
  expect(await screen.findByRole('dialog')).toBeTruthy();
  await Story.play?.({ canvasElement: document.body });
});
