/**
 * A setting of Testing Library for tests that wait for elements: an error describes the page only when somebody reads the
 * error. A `find...` throws one at each look at the page, and reads the last one only. To describe a page of antd takes
 * longer than to look at it.
 *
 * @example configure(describedLate(prettyDOM));
 */
export const describedLate = (describe: (container: Element) => string | false) => ({
  getElementError(message: string | null, container: Element): Error {
    const error = new Error(message ?? undefined);
    error.name = 'TestingLibraryElementError';
    let text: string | undefined;
    Object.defineProperty(error, 'message', {
      configurable: true,
      get: () => (text ??= described(message ?? '', describe(container) || '')),
      set: (value: string) => (text = value),
    });
    return error;
  },
});

/** The last error of a search is described a second time, as the reason why the search ended. */
const described = (message: string, page: string) =>
  message.includes(page) ? message : `${message}\n\n${page}`;
