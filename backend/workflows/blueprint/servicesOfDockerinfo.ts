import { isRecord, SERVICE_TASK, type WorkflowGraph } from '../../../src/contract/index.ts';
import { describeValue, GraphProblems } from '../graph/GraphProblems.ts';
import { readJson } from './readJson.ts';

/** Letters, digits and hyphens; container engines take underscores, too. */
const LABEL = /^(?!-)[A-Za-z0-9_-]{1,63}(?<!-)$/;
const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);

/**
 * The addresses of the services that a graph's nodes name, from the `dockerinfo` beside a blueprint: `{ 'my-service':
 * 'http://localhost:8080' }`. It reads names, and calls none. Throws 'invalid-params' that names the container: one that is missing,
 * or there twice, a port that is no number from 1 to 65535, a host that is no host name.
 */
export function servicesOfDockerinfo(dockerinfo: unknown, graph: WorkflowGraph): Record<string, string> {
  const problems = new GraphProblems('dockerinfo');
  const found = readList(dockerinfo, problems);
  problems.throwIfAny();
  const services = new Map<string, string>();
  for (const { key, task, params } of graph.nodes) {
    const service = params?.service;
    if (task !== SERVICE_TASK || typeof service !== 'string') continue;
    const url = found.get(service);
    if (url !== undefined) services.set(service, url);
    else {
      const message = `misses container "${service}", which node "${key}" needs; name its ip_address and port`;
      problems.add(`docker_info_list.${service}`, 'missing', message);
    }
  }
  problems.throwIfAny();
  return Object.fromEntries(services);
}

function readList(dockerinfo: unknown, problems: GraphProblems): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (dockerinfo === undefined) return found;
  const { docker_info_list: list } = readJson(dockerinfo, 'dockerinfo', 'docker_info_list');
  if (!Array.isArray(list)) {
    problems.mustBe('docker_info_list', 'a list of containers', list);
    return found;
  }
  for (const [index, value] of list.entries()) {
    const { container_name: name, ip_address: host, port } = isRecord(value) ? value : {};
    if (typeof name !== 'string' || name === '' || name.length > 100) {
      problems.mustBe(`docker_info_list.${index}.container_name`, 'a text of 1 to 100 characters', name);
      continue;
    }
    const at = `docker_info_list.${name}`;
    if (found.has(name)) problems.add(at, 'duplicate', 'is there twice; name each container once');
    if (!isHost(host)) {
      const message = `must be a host name or an IPv4 address alone, without user, port or path, not ${describeValue(host)}`;
      problems.add(`${at}.ip_address`, 'wrong-format', message);
    }
    if (!isPort(port)) problems.mustBe(`${at}.port`, 'a number from 1 to 65535', port);
    found.set(name, isHost(host) && isPort(port) ? `http://${host}:${Number(port)}` : '');
  }
  return found;
}

function isHost(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > 253) return false;
  if (IPV4.test(value)) return true;
  const labels = value.split('.');
  // A last label of digits would be read as an address: '127.1' and '2130706433' are 127.0.0.1 to a browser.
  return labels.every((label) => LABEL.test(label)) && !/^(?:\d+|0x[\da-f]*)$/i.test(labels.at(-1) ?? '');
}

function isPort(value: unknown): value is string | number {
  const number = typeof value === 'string' && /^[1-9]\d{0,4}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= 1 && number <= 65_535;
}
