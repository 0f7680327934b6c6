// QWC2 shares React, but not 'react/jsx-runtime'. Ours would make elements that another version of React does not
// know as such: QWC2's own createElement makes them.
import { createElement, type ElementType, Fragment } from 'react';

export { Fragment };

export function jsx(type: ElementType, props: object, key?: string) {
  return createElement(type, key === undefined ? props : { ...props, key });
}

export const jsxs = jsx;
