import {
  answer,
  arrayOf,
  jsonContent,
  type OpenApiPart,
  objectOf,
  problemResponses,
  schemaRef,
} from '../../http/openapi.ts';

const text = { type: 'string' };
const nullableText = { type: ['string', 'null'] };
const time = { type: 'string', format: 'date-time' };
const inPath = (name: string, description: string) => ({
  name,
  in: 'path',
  required: true,
  schema: text,
  description,
});
const id = inPath('id', 'The workflow_id of POST /workflows');
const taskId = inPath('task_id', 'A node of the workflow, or the task that runs it');

/** The calls of the template's orchestrator in the OpenAPI document. */
export const openapi: OpenApiPart = {
  paths: {
    '/workflows': {
      get: {
        summary: 'Workflows, the newest first',
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 200 } },
          {
            name: 'cursor',
            in: 'query',
            schema: { ...text, maxLength: 100 },
            description: 'The next_cursor of a page',
          },
        ],
        responses: { 200: answer('A page', jsonContent('WorkflowPage')), ...problemResponses(400) },
      },
      post: {
        summary: 'Starts a workflow, for clients of the concurrent service template',
        description:
          'The same Idempotency-Key again starts nothing: the answer is the workflow that it started.',
        parameters: [
          { name: 'Idempotency-Key', in: 'header', schema: { ...text, minLength: 1, maxLength: 200 } },
        ],
        requestBody: { required: true, content: jsonContent('WorkflowRequest') },
        responses: {
          200: answer('It was taken', jsonContent('WorkflowStarted')),
          ...problemResponses(400, 403, 404, 409, 413, 415, 429),
        },
      },
    },
    '/workflows/{id}': {
      get: {
        summary: 'How a workflow stands',
        parameters: [id],
        responses: { 200: answer('Its state', jsonContent('Workflow')), ...problemResponses(400, 404) },
      },
      delete: {
        summary: 'Cancels a workflow that goes on, and removes it with its tasks',
        description: 'It waits up to 10 s for the end of the workflow; 409 where that takes longer.',
        parameters: [id],
        responses: {
          200: answer('It is gone', jsonContent('WorkflowDeleted')),
          ...problemResponses(400, 404, 409),
        },
      },
    },
    '/workflows/{id}/cancel': {
      post: {
        summary: 'Asks that a workflow is cancelled, with all that runs of it',
        parameters: [id],
        responses: {
          200: answer('How it stands', jsonContent('Workflow')),
          ...problemResponses(400, 404, 409),
        },
      },
    },
    '/workflows/{id}/tasks': {
      get: {
        summary: 'How the nodes of a workflow stand, those included that have not started',
        description: 'A workflow of more than 200 nodes has its output_refs at the single nodes only.',
        parameters: [id],
        responses: { 200: answer('All nodes', jsonContent('WorkflowTasks')), ...problemResponses(400, 404) },
      },
    },
    '/workflows/{id}/tasks/{task_id}': {
      get: {
        summary: 'How one node stands',
        parameters: [id, taskId],
        responses: { 200: answer('Its state', jsonContent('WorkflowTask')), ...problemResponses(400, 404) },
      },
    },
  },
  schemas: {
    WorkflowRequest: objectOf(['blueprint'], {
      blueprint: objectOf(['type', 'nodes'], {
        name: text,
        type: { const: 'pipeline-topology/v2' },
        nodes: { type: 'array', minItems: 1, maxItems: 2_000, items: { type: 'object' } },
      }),
      dockerinfo: objectOf(['docker_info_list'], {
        docker_info_list: arrayOf(
          objectOf(['container_name', 'ip_address', 'port'], {
            container_name: text,
            ip_address: { ...text, description: 'A host name or an IPv4 address that the operator allows' },
            port: { description: '1 to 65535, as text or as a number' },
          }),
        ),
      }),
      inputs: { ...arrayOf({ type: 'object' }), description: 'References for the nodes that wait for none' },
    }),
    WorkflowStarted: objectOf(['workflow_id', 'status'], { workflow_id: text, status: text }),
    WorkflowDeleted: objectOf(['status'], { status: { const: 'deleted' } }),
    Workflow: objectOf(['workflow_id', 'name', 'status', 'progress', 'created_at', 'updated_at', 'error'], {
      workflow_id: text,
      name: text,
      status: { type: 'string', enum: ['pending', 'running', 'completed', 'failed'] },
      progress: { type: ['integer', 'null'], minimum: 0, maximum: 100 },
      created_at: time,
      updated_at: { ...time, description: 'The end, or the start, or the creation' },
      error: nullableText,
    }),
    WorkflowPage: objectOf(['workflows', 'next_cursor'], {
      workflows: arrayOf(schemaRef('Workflow')),
      next_cursor: nullableText,
    }),
    WorkflowReference: objectOf(['protocol', 'uri', 'format'], { protocol: text, uri: text, format: text }),
    WorkflowTask: objectOf(
      [
        'task_id',
        'node_key',
        'status',
        'created_at',
        'updated_at',
        'error',
        'input_refs',
        'output_refs',
        'lrt_task_id',
      ],
      {
        task_id: text,
        node_key: { ...text, description: 'container:operation' },
        status: { type: 'string', enum: ['pending', 'running', 'completed', 'failed', 'skipped'] },
        created_at: time,
        updated_at: time,
        error: nullableText,
        input_refs: arrayOf(schemaRef('WorkflowReference')),
        output_refs: arrayOf(schemaRef('WorkflowReference')),
        lrt_task_id: { ...nullableText, description: 'The task of GET /tasks/{id}' },
      },
    ),
    WorkflowTasks: objectOf(['workflow_id', 'tasks'], {
      workflow_id: text,
      tasks: arrayOf(schemaRef('WorkflowTask')),
    }),
  },
};
