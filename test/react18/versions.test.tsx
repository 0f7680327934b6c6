import { version as antd } from 'antd';
import { version as react } from 'react';
import { version as reactDom } from 'react-dom';
import { expect, test } from 'vitest';

// The rest of this project is the browser tests as they are. A second React beside this one, as of a library that found
// another, would fail them all at the first hook.
test('runs on React 18 and antd 5', () => {
  expect(react).toMatch(/^18\./);
  expect(reactDom).toMatch(/^18\./);
  expect(antd).toMatch(/^5\./);
});
