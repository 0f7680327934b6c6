import {
  answer,
  arrayOf,
  jsonContent,
  type OpenApiPart,
  objectOf,
  problemResponses,
  schemaRef,
} from '../../http/openapi.ts';

const parameter = (name: string, description: string) => ({
  name,
  in: 'path',
  required: true,
  schema: { type: 'string' },
  description,
});
const token = parameter('client_token', "The caller's own name, or TOKEN of the tag 'reflex:TOKEN'");
const task = parameter('task_id', 'Of a task');
const socket = (summary: string) => ({
  summary,
  description:
    'A WebSocket. The first message is the state, and one follows after changes. Code 1000: the task has ended; 4404: ' +
    'there is no such task; 1001: connect again. A page sends its token as a protocol, see docs/reflex.md.',
  responses: {
    101: { description: 'Messages of type `state_update`, as JSON' },
    ...problemResponses(400, 426),
  },
});

/** The Reflex protocol in the OpenAPI document. */
export const openapi: OpenApiPart = {
  paths: {
    '/reflex/tasks/{client_token}': {
      get: {
        summary: 'The state of all tasks of a client token, for clients of the Reflex template',
        parameters: [token],
        responses: { 200: answer('The newest 1,000', jsonContent('ReflexState')), ...problemResponses(400) },
      },
    },
    '/reflex/tasks/{client_token}/{task_id}': {
      get: {
        summary: 'The state of one of them',
        parameters: [token, task],
        responses: { 200: answer('Its state', jsonContent('ReflexTask')), ...problemResponses(400, 404) },
      },
    },
    '/reflex/ws/tasks/{client_token}': {
      get: { ...socket('Changes of all tasks of a client token'), parameters: [token] },
    },
    '/reflex/ws/tasks/{client_token}/{task_id}': {
      get: { ...socket('Changes of one of them'), parameters: [token, task] },
    },
  },
  schemas: {
    ReflexTask: objectOf(['status', 'progress', 'created_at'], {
      status: {
        type: 'string',
        description:
          "NOT_STARTED, STARTING, PROCESSING or the message of its progress, FINISHED, or 'ERROR: ' and why",
      },
      progress: { type: 'number', minimum: 0, maximum: 100 },
      created_at: { type: 'number', description: 'Unix time in seconds' },
    }),
    ReflexState: objectOf(['active_tasks', 'all_tasks'], {
      active_tasks: { ...arrayOf(schemaRef('ReflexTask')), description: 'Newest first' },
      all_tasks: { type: 'object', additionalProperties: schemaRef('ReflexTask'), description: 'By id' },
    }),
  },
};
