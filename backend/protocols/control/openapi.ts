import {
  answer,
  arrayOf,
  jsonContent,
  type OpenApiPart,
  objectOf,
  problemResponses,
  schemaRef,
} from '../../http/openapi.ts';

const taskId = {
  name: 'task_id',
  in: 'path',
  required: true,
  schema: { type: 'string' },
  description: 'The id that the caller gave to POST /control/execute',
};
const text = { type: 'string' };
const nullableText = { type: ['string', 'null'] };
const state = { type: 'string', enum: ['running', 'complete', 'failed'] };

/** The control protocol in the OpenAPI document. */
export const openapi: OpenApiPart = {
  paths: {
    '/control/operations': {
      get: {
        summary: 'The operations that the caller may execute',
        responses: {
          200: answer('All of them', jsonContent('ControlOperations')),
          ...problemResponses(400),
        },
      },
    },
    '/control/execute': {
      post: {
        summary: 'Starts a task, for orchestrators of the concurrent service template',
        description:
          'The same workflow_id and task_id again start nothing: the answer is how the task stands.',
        requestBody: { required: true, content: jsonContent('ControlExecute') },
        responses: {
          200: answer('How it stands', jsonContent('ControlState')),
          ...problemResponses(400, 403, 409, 413, 415, 429),
        },
      },
    },
    '/control/status/{task_id}': {
      get: {
        summary: 'How a task stands',
        parameters: [taskId],
        responses: { 200: answer('Its state', jsonContent('ControlStatus')), ...problemResponses(400, 404) },
      },
    },
    '/control/output/{task_id}': {
      get: {
        summary: 'The output of a task that is complete',
        parameters: [taskId],
        responses: {
          200: answer('A reference to it', jsonContent('ControlOutput')),
          ...problemResponses(400, 404),
        },
      },
    },
    '/control/cancel/{task_id}': {
      post: {
        summary: 'Asks that a task is cancelled',
        parameters: [taskId],
        responses: {
          200: answer('How it stands', jsonContent('ControlState')),
          ...problemResponses(400, 404, 409),
        },
      },
    },
  },
  schemas: {
    DataReference: objectOf(['protocol', 'uri', 'format'], {
      protocol: { ...text, description: 'With `inline` the uri is the data itself, in base64' },
      uri: text,
      format: text,
    }),
    ControlExecute: objectOf(['method', 'task_id'], {
      method: { ...text, description: 'The name of a task definition' },
      task_id: { ...text, maxLength: 90, description: "The caller's own id" },
      workflow_id: { ...text, maxLength: 90 },
      inputs: { ...arrayOf(schemaRef('DataReference')), description: 'The parameter `inputs` of the task' },
      parameters: { type: 'object', description: 'The other parameters of the task' },
    }),
    ControlState: objectOf(['status', 'error'], {
      status: state,
      task_id: text,
      error: nullableText,
      output: { ...schemaRef('DataReference'), description: 'Of a task that is complete' },
    }),
    ControlStatus: objectOf(['status', 'progress', 'error', 'message'], {
      status: state,
      progress: { type: ['integer', 'null'], minimum: 0, maximum: 100 },
      error: nullableText,
      message: nullableText,
    }),
    ControlOutput: objectOf(['output'], { output: schemaRef('DataReference') }),
    ControlOperations: objectOf(['operations'], {
      operations: arrayOf(
        objectOf(['operation_name', 'long_running', 'cancellable', 'timeout_seconds', 'parameters'], {
          operation_name: text,
          long_running: { type: 'boolean' },
          cancellable: { type: 'boolean' },
          timeout_seconds: { type: 'number' },
          parameters: { type: 'object', description: 'JSON Schema' },
        }),
      ),
    }),
  },
};
