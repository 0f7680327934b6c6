import { type TaskPalette, taskPalette } from '../../host/taskPalette.ts';

/** The CSS colours of what tasks draw on a map. */
export interface OverlayColours {
  /** The features of the first running task, which nobody has stored yet: they are dashed and hollow. */
  pending: string;
  /** Stored features are solid. */
  settled: string;
  /** Results that stay on the map and are no records are solid. Default: the colour of `pending`. */
  kept?: string;
  /**
   * The colours of running tasks; see `TaskOverlay.hue`. Default: the one of `pending`, and the second task has other dashes.
   */
  hues?: readonly string[];
  /** The marks of failed items. */
  failed?: string;
  /** The marks of chosen features. */
  chosen?: string;
  /** Hollow signs are filled with this colour, and lines that cross others are cased in it. */
  halo?: string;
  /** Words on the map, and the ground of words. */
  text?: string;
  surface?: string;
}

/** Colours for light and for dark maps. People who see no red or no green can distinguish them. */
export const overlayColours: Record<'light' | 'dark', Required<OverlayColours>> = {
  light: coloursOf(taskPalette.light),
  dark: coloursOf(taskPalette.dark),
};

function coloursOf(palette: TaskPalette): Required<OverlayColours> {
  const { hues, network, failed, chosen, halo, text, surface } = palette;
  const [amber = '', teal = ''] = hues;
  return { pending: amber, settled: network, kept: teal, hues, failed, chosen, halo, text, surface };
}

/** Returns all colours: those that an application left out are the ones of light maps. */
export function completed(colours: OverlayColours): Required<OverlayColours> {
  const { pending } = colours;
  return { ...overlayColours.light, kept: pending, hues: [pending], ...colours };
}
