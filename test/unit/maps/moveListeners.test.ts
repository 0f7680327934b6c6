import { expect, test } from 'vitest';
import type { MapMove } from '../../../src/host/contract.ts';
import { MoveListeners } from '../../../src/maps/base/MoveListeners.ts';

function open() {
  let camera = 'a';
  let start = (_byHand: boolean) => {};
  let end = () => {};
  let isListening = false;
  const moves = new MoveListeners({
    cameraOf: () => camera,
    listen(onStart, onEnd) {
      [start, end, isListening] = [onStart, onEnd, true];
      return () => {
        isListening = false;
      };
    },
  });
  const heard: MapMove[] = [];
  const stop = moves.add((move) => heard.push(move));
  return {
    moves,
    heard,
    stop,
    begin: (byHand = false) => start(byHand),
    move: (to: string) => {
      camera = to;
    },
    rest: () => end(),
    isListening: () => isListening,
  };
}
const BEGUN = { byUser: true, moving: true };
const byUser = { byUser: true, moving: false };
const byPlugin = { byUser: false, moving: false };

test('a user moves the map: its beginning and its end are reported', () => {
  const { heard, begin, move, rest } = open();
  begin(true);
  move('b');
  rest();
  // OpenLayers says that the map moves once it has moved.
  move('c');
  begin();
  rest();
  expect(heard).toEqual([BEGUN, byUser, BEGUN, byUser]);
});

test('a plugin moves the map, and a user interrupts that', () => {
  const { heard, moves, begin, move, rest } = open();
  const isOver = moves.begin();
  move('b');
  begin();
  move('c');
  isOver();
  isOver();
  rest();
  expect(heard).toEqual([byPlugin]);
  const interrupted = moves.begin();
  move('d');
  begin();
  interrupted();
  move('e');
  rest();
  expect(heard).toEqual([byPlugin, byUser]);
});

test('only the size of the map changes', () => {
  const { heard, begin, rest } = open();
  begin();
  rest();
  expect(heard).toEqual([byPlugin]);
});

test('it listens to the map only while someone listens to it', () => {
  const { moves, stop, isListening } = open();
  const stopSecond = moves.add(() => undefined);
  expect(isListening()).toBe(true);
  stop();
  stop();
  expect(isListening()).toBe(true);
  stopSecond();
  expect(isListening()).toBe(false);
});
