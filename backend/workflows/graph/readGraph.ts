import {
  isRecord,
  MAX_WORKFLOW_LINKS,
  MAX_WORKFLOW_NODES,
  type WorkflowGraph,
  type WorkflowLink,
  type WorkflowNode,
} from '../../../src/contract/index.ts';
import { GraphProblems } from './GraphProblems.ts';
import { JsonCopy } from './JsonCopy.ts';

const MAX_NAME = 200;
export const MAX_KEY = 95;
const MAX_TASK = 100;
const MAX_INPUT = 100;
const MAX_WEIGHT = 1_000_000;
/** All static params and all that a blueprint has besides, together. */
const MAX_DATA = 1_000_000;

const GRAPH_FIELDS = ['name', 'nodes', 'links', 'blueprint'];
const NODE_FIELDS = ['key', 'task', 'title', 'params', 'weight', 'blueprint'];
const LINK_FIELDS = ['from', 'to', 'output', 'input', 'append'];

/**
 * Reads a graph from a value of unknown origin: a copy with known fields only, each of its type and within its limits. It does not
 * look at how nodes and links fit. Throws 'invalid-params'.
 */
export function readGraph(value: unknown): WorkflowGraph {
  return new GraphReader().read(value);
}

class GraphReader {
  readonly #problems = new GraphProblems();
  readonly #json = new JsonCopy(MAX_DATA);

  read(value: unknown): WorkflowGraph {
    if (!isRecord(value)) {
      this.#problems.mustBe('', 'an object with "name", "nodes" and "links"', value);
      this.#problems.throwIfAny();
    }
    const { name, nodes, links, blueprint, ...others } = isRecord(value) ? value : {};
    this.#refuseUnknown('', others, GRAPH_FIELDS);
    const graph: WorkflowGraph = {
      name: this.#text('name', name, MAX_NAME),
      nodes: this.#list('nodes', nodes, 1, MAX_WORKFLOW_NODES).map((node, i) => this.#node(node, i)),
      links: this.#list('links', links, 0, MAX_WORKFLOW_LINKS).map((link, i) => this.#link(link, i)),
      ...(blueprint !== undefined && { blueprint: this.#record('blueprint', blueprint) }),
    };
    this.#problems.throwIfAny();
    return graph;
  }

  #node(value: unknown, index: number): WorkflowNode {
    const at = `nodes.${index}`;
    if (!isRecord(value)) this.#problems.mustBe(at, 'an object with "key" and "task"', value);
    const { key, task, title, params, weight, blueprint, ...others } = isRecord(value) ? value : {};
    // The key names the node in all messages but those about the key.
    const here = isText(key, MAX_KEY) ? `nodes.${key}` : at;
    this.#refuseUnknown(here, others, NODE_FIELDS);
    return {
      key: this.#name(`${at}.key`, key, MAX_KEY),
      task: this.#text(`${here}.task`, task, MAX_TASK),
      ...(title !== undefined && { title: this.#text(`${here}.title`, title, MAX_NAME) }),
      ...(params !== undefined && { params: this.#params(`${here}.params`, params) }),
      ...(weight !== undefined && { weight: this.#weight(`${here}.weight`, weight) }),
      ...(blueprint !== undefined && { blueprint: this.#record(`${here}.blueprint`, blueprint) }),
    };
  }

  #link(value: unknown, index: number): WorkflowLink {
    const at = `links.${index}`;
    if (!isRecord(value)) this.#problems.mustBe(at, 'an object with "from" and "to"', value);
    const { from, to, output, input, append, ...others } = isRecord(value) ? value : {};
    this.#refuseUnknown(at, others, LINK_FIELDS);
    if (output !== undefined && input === undefined) {
      this.#problems.add(`${at}.output`, 'not-allowed', 'needs an "input" that it fills');
    }
    if (append !== undefined && append !== true) {
      this.#problems.mustBe(`${at}.append`, 'true, or left out', append);
    }
    if (append !== undefined && input === undefined) {
      this.#problems.add(`${at}.append`, 'not-allowed', 'needs an "input" that it adds to');
    }
    return {
      from: this.#text(`${at}.from`, from, MAX_KEY),
      to: this.#text(`${at}.to`, to, MAX_KEY),
      ...(output !== undefined && { output: this.#name(`${at}.output`, output, MAX_INPUT) }),
      ...(input !== undefined && { input: this.#name(`${at}.input`, input, MAX_INPUT) }),
      ...(append === true && { append }),
    };
  }

  #text(at: string, value: unknown, most: number): string {
    if (isText(value, most)) return value;
    this.#problems.mustBe(at, `a text of 1 to ${most} characters, without control characters`, value);
    return '';
  }

  /** A text that is a name in records. Names that every object has are refused: 'constructor' would be found in each. */
  #name(at: string, value: unknown, most: number): string {
    const text = this.#text(at, value, most);
    if (text in Object.prototype) {
      this.#problems.add(
        at,
        'not-allowed',
        `cannot be "${text}": every object has that; choose another name`,
      );
    }
    return text;
  }

  #weight(at: string, value: unknown): number {
    if (typeof value === 'number' && value > 0 && value <= MAX_WEIGHT) return value;
    this.#problems.mustBe(at, `a number above 0, at most ${MAX_WEIGHT}`, value);
    return 1;
  }

  #params(at: string, value: unknown): Record<string, unknown> {
    const params = this.#record(at, value);
    for (const name of Object.keys(params)) this.#name(`${at}.${name}`, name, MAX_INPUT);
    return params;
  }

  #record(at: string, value: unknown): Record<string, unknown> {
    if (!isRecord(value)) {
      this.#problems.mustBe(at, 'an object', value);
      return {};
    }
    if (this.#problems.isFull) return {};
    try {
      return this.#json.record(value);
    } catch (error) {
      this.#problems.add(at, 'not-allowed', error instanceof TypeError ? error.message : 'cannot be read');
      return {};
    }
  }

  #list(at: string, value: unknown, least: number, most: number): unknown[] {
    if (!Array.isArray(value)) {
      this.#problems.mustBe(at, `a list of ${least} to ${most}`, value);
      return [];
    }
    if (value.length >= least && value.length <= most) return Array.from<unknown>(value);
    this.#problems.add(at, 'out-of-range', `has ${value.length}; a workflow has ${least} to ${most} of them`);
    return [];
  }

  #refuseUnknown(at: string, others: object, known: readonly string[]): void {
    for (const [name, value] of Object.entries(others)) {
      if (this.#problems.isFull) return;
      if (value === undefined) continue;
      const path = at === '' ? name : `${at}.${name}`;
      this.#problems.add(path, 'unknown', `is not known there; known: ${known.join(', ')}`);
    }
  }
}

/** Control characters break lines of logs and of event streams; no store keeps half of a character. */
function isText(value: unknown, most: number): value is string {
  if (typeof value !== 'string' || value.length > most) return false;
  return value.trim() !== '' && !/[\p{Cc}\p{Surrogate}\u2028\u2029]/u.test(value);
}
