// Tests that the style sheets of component tests keep what hides or shows an element.
import { expect, it } from 'vitest';
import { hidingRules } from '../../component/hidingRules.ts';

it('a sheet keeps the rules that set display or visibility, whole and in their order', () => {
  expect(
    hidingRules(
      ':where(.css-x).a{color:red;}.b{color:blue;display:none;}.c{visibility:hidden}.d{backface-visibility:hidden}',
    ),
  ).toBe('.b{color:blue;display:none;}.c{visibility:hidden}');
});

it('rules for a size of the window, for print and for animations are left out, those of a layer are not', () => {
  expect(
    hidingRules(
      '@media (max-width:480px){.a{display:none}}@keyframes k{from{visibility:hidden}to{opacity:1}}@layer antd{.b{display:none}.c{top:0}}.d{display:flex}',
    ),
  ).toBe('.b{display:none}.d{display:flex}');
});

it('a sheet that ends in the middle of a rule is no reason to stop', () => {
  expect(hidingRules('.a{display:none}.b{display:none')).toBe('.a{display:none}.b{display:none}');
});
