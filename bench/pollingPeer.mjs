// @azure/core-lro of bench/package.json, on a service of the control protocol. This file is JavaScript, because its types are there
// only once that package is installed.

import { createHttpPoller } from '@azure/core-lro';

/** The words of the service in those of the peer. */
const STATUS = { running: 'running', complete: 'succeeded', failed: 'failed' };

/**
 * Starts a task and polls it at the peer's defaults. Resolves when the peer has noticed its end.
 *
 * @param {string} baseUrl @param {object} body @param {string} id
 */
export async function pollWithPeer(baseUrl, body, id) {
  const call = async (/** @type {string} */ path, /** @type {RequestInit} */ init) => {
    const response = await fetch(`${baseUrl}${path}`, init);
    const { status } = await response.json();
    const operation = `/control/status/${id}`;
    return {
      flatResponse: {},
      rawResponse: {
        statusCode: init.method === 'POST' ? 202 : 200,
        request: { method: init.method ?? 'GET', url: path },
        headers: { 'operation-location': operation },
        body: { status: STATUS[/** @type {keyof typeof STATUS} */ (status)] },
      },
    };
  };
  const headers = { 'content-type': 'application/json' };
  const poller = createHttpPoller(
    {
      sendInitialRequest: () =>
        call('/control/execute', { method: 'POST', headers, body: JSON.stringify(body) }),
      sendPollRequest: (path) => call(path, { method: 'GET' }),
    },
    { skipFinalGet: true },
  );
  await poller.pollUntilDone();
}
