import { afterEach, describe, expect, it, vi } from 'vitest';
import { Events } from '../../../src/host/events.ts';

afterEach(() => vi.unstubAllGlobals());

describe('Events', () => {
  it('puts a handler on several events of one string', () => {
    const events = new Events();
    const heard: unknown[][] = [];
    events.on('  opened   closed ', (...args: unknown[]) => heard.push(args));
    events.fire('opened closed', 1, 2);
    events.fire('other');
    expect(heard).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  it('calls a handler with its context, or with the object itself', () => {
    const events = new Events();
    const context = {};
    const seen: unknown[] = [];
    function handler(this: unknown) {
      seen.push(this);
    }
    events.on('x', handler, context);
    events.on('x', handler);
    events.fire('x');
    expect(seen).toEqual([context, events]);
    expect(seen[0]).toBe(context);
  });

  it('takes handlers off by event, by handler, by context, or all', () => {
    const events = new Events();
    const handler = vi.fn();
    const context = {};
    events.on('a b c', handler);
    events.on('a b c', vi.fn(), context);
    events.off('a', handler);
    events.off('b');
    expect([events.listenerCount('a'), events.listenerCount('b'), events.listenerCount('c')]).toEqual([
      1, 0, 2,
    ]);
    events.off(undefined, undefined, context);
    expect([events.listenerCount('a'), events.listenerCount('c')]).toEqual([0, 1]);
    events.off();
    expect(events.listenerCount()).toBe(0);
  });

  it('goes on to the other handlers when one throws, and reports the error', () => {
    const reported: unknown[] = [];
    vi.stubGlobal('reportError', (error: unknown) => reported.push(error));
    const events = new Events();
    const problem = new Error('broken');
    const after = vi.fn();
    events.on('x', () => {
      throw problem;
    });
    events.on('x', after);
    events.fire('x');
    expect(after).toHaveBeenCalledOnce();
    expect(reported).toEqual([problem]);
  });

  it('throws the error on its own where the platform has no reportError', () => {
    vi.useFakeTimers();
    vi.stubGlobal('reportError', undefined);
    const events = new Events();
    events.on('x', () => {
      throw new Error('broken');
    });
    expect(() => events.fire('x')).not.toThrow();
    expect(() => vi.runAllTimers()).toThrow('broken');
    vi.useRealTimers();
  });

  it('lets a handler take itself and others off, and put others on, while an event is fired', () => {
    const events = new Events();
    const calls: string[] = [];
    const first = () => {
      calls.push('first');
      events.off('x', first);
      events.off('x', second);
      events.on('x', () => calls.push('late'));
    };
    const second = () => calls.push('second');
    events.on('x', first);
    events.on('x', second);
    events.on('x', () => calls.push('third'));
    events.fire('x');
    expect(calls).toEqual(['first', 'third']);
    events.fire('x');
    expect(calls).toEqual(['first', 'third', 'third', 'late']);
  });

  it('stops listening to all, to one object, to one event', () => {
    const listener = new Events();
    const near = new Events();
    const far = new Events();
    const handler = vi.fn();
    listener.listenTo(near, 'a b', handler);
    listener.listenTo(far, 'a', handler);
    listener.stopListening(near, 'a');
    near.fire('a b');
    expect(handler).toHaveBeenCalledTimes(1);
    listener.stopListening(near);
    near.fire('a b');
    far.fire('a');
    expect(handler).toHaveBeenCalledTimes(2);
    listener.stopListening();
    far.fire('a');
    expect(handler).toHaveBeenCalledTimes(2);
    expect(near.listenerCount() + far.listenerCount()).toBe(0);
  });

  it('leaves the handlers of others on when one stops listening', () => {
    const source = new Events();
    const one = new Events();
    const other = new Events();
    const handler = vi.fn();
    one.listenTo(source, 'x', handler);
    other.listenTo(source, 'x', handler);
    one.stopListening();
    source.fire('x');
    expect(handler).toHaveBeenCalledOnce();
  });

  it('says what is wrong with a handler that is none', () => {
    const notAFunction: unknown = 'click';
    expect(() => Reflect.apply(Events.prototype.on, new Events(), ['x', notAFunction])).toThrow(
      "on('x') needs a function as its handler, and got string",
    );
  });
});
