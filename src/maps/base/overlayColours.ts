import { type TaskPalette, taskPalette } from '../../host/taskPalette.ts';

/** The CSS colours of what tasks draw on a map. */
export interface OverlayColours {
  /** Features that a task has built and nobody has stored yet are dashed. */
  pending: string;
  /** Stored features are solid. */
  settled: string;
  /** Results that stay on the map and are no records are solid. Default: the colour of `pending`. */
  kept?: string;
}

/** Colours for light and for dark maps. People who see no red or no green can distinguish these three. */
export const overlayColours: Record<'light' | 'dark', OverlayColours> = {
  light: coloursOf(taskPalette.light),
  dark: coloursOf(taskPalette.dark),
};

function coloursOf({ hues: [amber = '', teal = ''], network }: TaskPalette): OverlayColours {
  return { pending: amber, settled: network, kept: teal };
}
