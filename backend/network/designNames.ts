import type { DesignInfo } from './NetworkStore.ts';
import { ParseLocation } from './ParseLocation.ts';
import { designExists } from './storeRefusals.ts';
import { unstorableText } from './unstorableText.ts';

export const MAX_DESIGNS = 1_000;
/** 'design/NAME' has at most 200 characters. */
export const MAX_DESIGN_NAME = 200 - 'design/'.length;

export function isDesignName(name: unknown): name is string {
  return (
    typeof name === 'string' &&
    name.trim() !== '' &&
    name.length <= MAX_DESIGN_NAME &&
    unstorableText(name) === undefined
  );
}

/**
 * The design, if it can be added to those there are (`names`). Throws 'invalid-request' that names what is wrong with it,
 * and 'design-exists'.
 */
export function checkNewDesign(design: DesignInfo, names: readonly string[]): DesignInfo {
  const at = new ParseLocation('design');
  const { name, geometry } = design;
  if (!isDesignName(name)) {
    throw at.property('name').refusal('is not a name', `give a text of 1 to ${MAX_DESIGN_NAME} characters`);
  }
  const area = at.property('geometry').polygon(geometry);
  if (names.includes(name)) throw designExists(name);
  if (names.length >= MAX_DESIGNS) {
    throw at.refusal(`is one too many: there are ${MAX_DESIGNS}`, 'post or drop another one first');
  }
  return { name, geometry: area };
}
