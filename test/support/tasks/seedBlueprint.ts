/** The body of POST /workflows as the concurrent service template has it, word for word. */
export const SEED_BODY = {
  blueprint: {
    name: 'My Pipeline',
    pipeline_id: 'my-pipeline',
    creation_date: '2025-01-01',
    type: 'pipeline-topology/v2',
    version: '2.0',
    nodes: [
      {
        container_name: 'my-service',
        proto_uri: 'service.proto',
        image: 'my-service:latest',
        node_type: 'MLModel',
        operation_signature_list: [
          {
            operation_signature: {
              operation_name: 'LongProcess',
              input_message_name: 'Input',
              output_message_name: 'Output',
            },
            connected_to: [],
          },
        ],
      },
    ],
  },
  dockerinfo: {
    docker_info_list: [{ container_name: 'my-service', ip_address: 'localhost', port: '8080' }],
  },
};

/** A blueprint of containers with these operations: `{ a: { Begin: ['b:End'] }, b: { End: [] } }`. */
export function blueprintOf(containers: Record<string, Record<string, string[]>>) {
  return {
    name: 'Test',
    type: 'pipeline-topology/v2',
    nodes: Object.entries(containers).map(([container_name, operations]) => ({
      container_name,
      operation_signature_list: Object.entries(operations).map(([operation_name, targets]) => ({
        operation_signature: { operation_name },
        connected_to: targets.map((target) => {
          const [container = '', operation = ''] = target.split(':');
          return { container_name: container, operation_signature: { operation_name: operation } };
        }),
      })),
    })),
  };
}
