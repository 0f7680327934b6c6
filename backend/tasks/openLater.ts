/** What is read when it is open: undefined at the end. `close` may be called twice. */
interface Source<Item> {
  next(): Promise<Item | undefined>;
  close(): void;
}

type OpenedLater<Item> = AsyncIterableIterator<Item, undefined> & {
  return(): Promise<IteratorResult<Item, undefined>>;
};

/**
 * An iterable for one reader: it opens with the first `next()` and closes with the end, with a failure and when the
 * reader leaves early. As an async generator does it, but an item costs a third: it matters where thousands follow.
 */
export function openLater<Item>(open: () => Promise<Source<Item>>): OpenedLater<Item> {
  let source: Source<Item> | undefined;
  let opening: Promise<Source<Item>> | undefined;
  let over = false;
  const end: IteratorResult<Item, undefined> = { done: true, value: undefined };
  const finish = () => {
    over = true;
    source?.close();
    return end;
  };
  const fail = (error: unknown): never => {
    finish();
    throw error;
  };
  const toResult = (value: Item | undefined): IteratorResult<Item, undefined> =>
    value === undefined ? finish() : { done: false, value };
  const read = (opened: Source<Item>) => {
    source = opened;
    return over ? finish() : opened.next().then(toResult, fail);
  };
  return {
    next() {
      if (over) return Promise.resolve(end);
      if (source) return source.next().then(toResult, fail);
      opening ??= open();
      return opening.then(read, fail);
    },
    async return() {
      return finish();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
