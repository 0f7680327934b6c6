import { describe, expect, it } from 'vitest';
import { notImplemented } from '../../../../standin/platform/notImplemented.ts';
import { renderFramed } from '../../../../standin/platform/renderFramed.ts';

describe('what the stand-in has not', () => {
  it('says by its whole path what was called of it', () => {
    const store: unknown = Reflect.get(notImplemented('modules/tickets/js/store'), 'actions');
    const add: unknown = Object(store).add;
    expect(add).toThrow('not in the stand-in host: modules/tickets/js/store.actions.add');
  });

  it('may be awaited, printed and extended', async () => {
    const Base = notImplemented('TreeView');
    expect(await Promise.resolve(Base)).toBe(Base);
    expect(String(Base.name)).toBe('TreeView');
    class Tree extends Base {
      static kind = 'tree';
    }
    expect(Tree.kind).toBe('tree');
    // Of its own it has none, so that whoever asks for it sees so.
    expect(Reflect.get(Tree, 'defaults')).toBeUndefined();
    expect(() => new Tree()).toThrow('not in the stand-in host: TreeView');
  });
});

describe('renderReactNode without a page', () => {
  it('says what it needs', () => {
    expect(() => renderFramed(null, () => null, {})).toThrow('renderReactNode needs a page');
  });
});
