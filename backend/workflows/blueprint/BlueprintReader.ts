import {
  isRecord,
  MAX_WORKFLOW_LINKS,
  MAX_WORKFLOW_NODES,
  SERVICE_TASK,
} from '../../../src/contract/index.ts';
import type { GraphProblems } from '../graph/GraphProblems.ts';
import {
  isEmpty,
  isEqual,
  keyOf,
  nameOf,
  type OperationName,
  OWN,
  operationOf,
  PLAIN_LINK,
  paramsOf,
  recordOf,
} from './spelling.ts';

/** An operation as it was read, as a node of a graph that is not checked yet. */
interface ReadOperation {
  name: OperationName;
  key: unknown;
  node: object;
  /** The place of its node in the graph. */
  index: number;
  connectedTo: readonly unknown[];
}

/** Reads a blueprint that is plain JSON. It gathers what is wrong in `problems`. Whoever takes the graph checks it. */
export class BlueprintReader {
  readonly #problems: GraphProblems;
  readonly #knownTask: (name: string) => boolean;
  /** By container and operation, as a blueprint names them. */
  readonly #operations = new Map<string, Map<string, ReadOperation>>();
  #count = 0;

  constructor(problems: GraphProblems, knownTask: (name: string) => boolean) {
    this.#problems = problems;
    this.#knownTask = knownTask;
  }

  read({ nodes, type: _, ...fields }: Record<string, unknown>): object {
    for (const [index, container] of this.#list('nodes', nodes).entries()) this.#container(container, index);
    const links = this.#links();
    const operations = [...this.#operations.values()].flatMap((byName) => [...byName.values()]);
    const blueprint = keptFields(fields);
    return {
      name: nameOf(fields),
      nodes: operations.sort((a, b) => a.index - b.index).map(({ node }) => node),
      links,
      ...(blueprint && { blueprint }),
    };
  }

  #container(value: unknown, index: number): void {
    const { container_name: container, operation_signature_list: operations, ...fields } = recordOf(value);
    if (!isRecord(value)) this.#problems.mustBe(`nodes.${index}`, 'an object', value);
    else if (!isName(container)) this.#problems.mustBe(`nodes.${index}.container_name`, NAME, container);
    if (!isName(container)) return;
    const at = `nodes.${container}`;
    if (this.#operations.has(container)) {
      this.#problems.add(at, 'duplicate', 'is there twice; name a container once, with all its operations');
      return;
    }
    if (OWN in fields) this.#problems.add(`${at}.${OWN}`, 'not-allowed', 'is kept for operations');
    const byName = new Map<string, ReadOperation>();
    this.#operations.set(container, byName);
    for (const [i, operation] of this.#list(`${at}.operation_signature_list`, operations).entries()) {
      // The first operation keeps what the container has besides.
      this.#operation(container, byName, operation, i, i === 0 ? fields : {});
    }
  }

  #operation(
    container: string,
    byName: Map<string, ReadOperation>,
    value: unknown,
    place: number,
    containerFields: Record<string, unknown>,
  ): void {
    const at = `nodes.${container}.operation_signature_list.${place}`;
    const {
      operation_signature: signature,
      connected_to: connected,
      [OWN]: own,
      ...fields
    } = recordOf(value);
    const { operation_name: operation, ...signatureFields } = recordOf(signature);
    if (!isRecord(value)) this.#problems.mustBe(at, 'an object', value);
    else if (!isRecord(signature)) this.#problems.mustBe(`${at}.operation_signature`, 'an object', signature);
    else if (!isName(operation)) {
      this.#problems.mustBe(`${at}.operation_signature.operation_name`, NAME, operation);
    }
    if (!isName(operation)) return;
    const name = { container, operation };
    const here = `nodes.${keyOf(name)}`;
    if (byName.has(operation)) {
      this.#problems.add(here, 'duplicate', 'is there twice; a container has each operation once');
      return;
    }
    if (connected !== undefined && !Array.isArray(connected)) {
      this.#problems.mustBe(`${here}.connected_to`, 'a list', connected);
    }
    const { index, fields: ownFields, ...ownOfNode } = this.#own(`${here}.${OWN}`, own);
    const kept = {
      ...(!isEmpty(fields) && { operation: fields }),
      ...(!isEmpty(signatureFields) && { operation_signature: signatureFields }),
      // A graph has what a plain list says. Any other is kept as it is; null stands for none.
      ...(!isPlainList(connected) && { connected_to: connected ?? null }),
    };
    const node = this.#node(name, ownOfNode, { ...containerFields, ...recordOf(ownFields) }, kept);
    byName.set(operation, {
      name,
      key: node.key,
      node,
      index: typeof index === 'number' ? index : this.#count,
      connectedTo: Array.isArray(connected) ? connected : [],
    });
    this.#count += 1;
  }

  #node(
    name: OperationName,
    { params, ...own }: Record<string, unknown>,
    fields: Record<string, unknown>,
    kept: Record<string, unknown>,
  ): { key: unknown } {
    const task = own.task ?? this.#taskOf(name);
    const given = params === undefined ? paramsOf(task, name) : params;
    const node = {
      key: keyOf(name),
      task,
      // No params at all are null there.
      ...(given !== undefined && given !== null && { params: given }),
      ...own,
    };
    const { key, task: runs } = node;
    const shown = { key: `${key}`, task: `${runs}`, params: recordOf(given) };
    const names = isEqual(operationOf(shown), name)
      ? {}
      : { container_name: name.container, operation_name: name.operation };
    const ours = { ...names, ...kept };
    const blueprint = { ...fields, ...(!isEmpty(ours) && { [OWN]: ours }) };
    return { ...node, ...(!isEmpty(blueprint) && { blueprint }) };
  }

  /** A definition of this server, where it has one of that name. */
  #taskOf(name: OperationName): string {
    return [keyOf(name), name.operation].find((known) => this.#knownTask(known)) ?? SERVICE_TASK;
  }

  #links(): object[] {
    const links: { link: object; index: number }[] = [];
    for (const byName of this.#operations.values()) {
      for (const { name, key, connectedTo } of byName.values()) {
        if (links.length + connectedTo.length > MAX_WORKFLOW_LINKS) {
          this.#problems.add('nodes', 'out-of-range', `has more than ${MAX_WORKFLOW_LINKS} connections`);
          return [];
        }
        for (const [i, value] of connectedTo.entries()) {
          const at = `nodes.${keyOf(name)}.connected_to.${i}`;
          const to = this.#target(at, value);
          if (!to) continue;
          const own = recordOf(value)[OWN];
          const { index, ...fields } = own === undefined ? { ...PLAIN_LINK, index: own } : this.#own(at, own);
          const link = { ...fields, from: key, to: to.key };
          links.push({ link, index: typeof index === 'number' ? index : links.length });
        }
      }
    }
    return links.sort((a, b) => a.index - b.index).map(({ link }) => link);
  }

  #target(at: string, value: unknown): ReadOperation | undefined {
    const { container_name: container, operation_signature: signature } = recordOf(value);
    const { operation_name: operation } = recordOf(signature);
    if (!isRecord(value)) this.#problems.mustBe(at, 'an object', value);
    else if (!isName(container)) this.#problems.mustBe(`${at}.container_name`, NAME, container);
    else if (!isName(operation))
      this.#problems.mustBe(`${at}.operation_signature.operation_name`, NAME, operation);
    if (!isName(container) || !isName(operation)) return undefined;
    const byName = this.#operations.get(container);
    const found = byName?.get(operation);
    if (!byName) this.#problems.add(at, 'not-found', `names container "${container}", which is not there`);
    else if (!found) {
      const message = `names operation "${operation}", which container "${container}" does not have`;
      this.#problems.add(at, 'not-found', message);
    }
    return found;
  }

  #own(at: string, value: unknown): Record<string, unknown> {
    if (value !== undefined && !isRecord(value)) this.#problems.mustBe(at, 'an object, or left out', value);
    return recordOf(value);
  }

  #list(at: string, value: unknown): unknown[] {
    if (!Array.isArray(value) || value.length === 0) {
      this.#problems.mustBe(at, 'a list of at least one', Array.isArray(value) ? 'empty' : value);
      return [];
    }
    if (this.#count + value.length <= MAX_WORKFLOW_NODES) return value;
    this.#problems.add(at, 'out-of-range', `makes more than ${MAX_WORKFLOW_NODES} operations together`);
    return [];
  }
}

/**
 * The fields beyond nodes and type, for the graph to keep. The graph has the name, so it is among them only where it could not be
 * written again from the graph's. Undefined: there is nothing to keep.
 */
function keptFields({ name: given, ...rest }: Record<string, unknown>): Record<string, unknown> | undefined {
  if (given === undefined) return rest;
  const name = nameOf({ name: given, ...rest });
  if (given !== name) return { name: given, ...rest };
  if (isEmpty(rest)) return undefined;
  return nameOf(rest) === name ? { name: given, ...rest } : rest;
}

const NAME = 'a text of 1 to 90 characters, without control characters';

function isName(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length <= 90 &&
    value.trim() !== '' &&
    !/[\p{Cc}\p{Surrogate}\u2028\u2029]/u.test(value)
  );
}

const TARGET = ['container_name', 'operation_signature', OWN];

/** True where each connection has a target and what a graph says of it, and nothing else. */
function isPlainList(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every(
      (target) =>
        isRecord(target) &&
        Object.keys(target).every((name) => TARGET.includes(name)) &&
        Object.keys(recordOf(target.operation_signature)).every((name) => name === 'operation_name'),
    )
  );
}
