import { notImplemented } from './notImplemented.ts';

/**
 * Names that a plugin may expect of the platform's objects and that the stand-in does not have. Each is there and throws
 * an error with its name once a plugin uses it. A name that is on no list stays undefined, so that a plugin can ask
 * whether its platform has it.
 */
export const MISSING_MEMBERS = {
  app: [
    'authManager',
    'closeApplication',
    'confirmClose',
    'getCurrentDelta',
    'getLayer',
    'getLayers',
    'getLoggedInUser',
    'getMapView',
    'layerManager',
    'login',
    'logout',
    'mapViewStack',
    'runSearch',
    'search',
    'setDelta',
    'setMapView',
    'showDetails',
    'ui',
    'user',
    'userLocation',
  ],
  map: [
    'addControl',
    'addInteraction',
    'addOverlay',
    'currentInteractionMode',
    'geomDrawMode',
    'getBaseLayer',
    'getCoordinateFromPixel',
    'getCurrentInteractionMode',
    'getLayer',
    'getLayers',
    'getPixelFromCoordinate',
    'getResolution',
    'getSize',
    'getView',
    'getVisibleLayers',
    'highlightFeature',
    'layerManager',
    'removeControl',
    'removeInteraction',
    'removeOverlay',
    'setBaseLayer',
    'setInteractionMode',
  ],
  system: [
    'getApplications',
    'getLoggedInUser',
    'getSettings',
    'getUser',
    'getUserInfo',
    'getUsers',
    'login',
    'logout',
    'saveSettings',
    'updateSetting',
  ],
  database: [
    'geocode',
    'getFeaturesByGeometry',
    'getFeaturesByUrn',
    'getLayers',
    'runExternalSearch',
    'runQuery',
    'search',
    'selectFeatures',
    'setDelta',
  ],
} as const;

export type MissingOwner = keyof typeof MISSING_MEMBERS;

/** The members of a list that the object does not have, each of which throws its name once it is used. */
export function missingMembersOf(owner: MissingOwner, object: object): Record<string, unknown> {
  const names = MISSING_MEMBERS[owner].filter((name) => !(name in object));
  return Object.fromEntries(names.map((name) => [name, notImplemented(`${owner}.${name}`)]));
}

/** Puts the members of a list on a prototype. A test runner or a debugger that lists members does not see them. */
export function defineMissingMembers(owner: MissingOwner, prototype: object): void {
  for (const [name, value] of Object.entries(missingMembersOf(owner, prototype))) {
    Object.defineProperty(prototype, name, { value, configurable: true, writable: true, enumerable: false });
  }
}
