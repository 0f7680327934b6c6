import type { SERVICE_TASK } from '../../../src/contract/index.ts';
import type { ResultOf, SentOf } from '../../tasks/defineTask.ts';

// The types that let defineWorkflow know what each node takes and gives. They look at the links one by one, so their work grows
// with the workflow, and not with the square of its nodes.

/** A node as an author writes it. `task` is a definition, or SERVICE_TASK for an operation of a service. */
export interface NodeDraft {
  task: { readonly name: string } | typeof SERVICE_TASK;
  /** For people; default: the node's key. */
  title?: string;
  /** The params that no link fills. */
  params?: object;
  /** Its part of the whole's progress beside the other nodes'. Default 1. */
  weight?: number;
}

/** A link as an author writes it: see WorkflowLink. */
export interface LinkDraft<Key extends string = string> {
  from: Key;
  to: Key;
  output?: string;
  input?: string;
  append?: true;
}

/** The params of a node that asks a service to do something. `service` is a name in `WorkflowParams.services`. */
export interface ServiceParams {
  service: string;
  operation: string;
  inputs?: readonly unknown[];
  parameters?: Readonly<Record<string, unknown>>;
}

/** Nodes by key. */
export type NodesDraft = Readonly<Record<string, NodeDraft>>;

/** The checked form of a node. It has the params that the task knows, and all that the task needs and no link fills. */
export type CheckedNode<
  Nodes extends NodesDraft,
  Links extends readonly LinkDraft[],
  Key,
> = Key extends keyof Nodes
  ? Omit<NodeDraft, 'params'> & CheckedParams<TakenBy<Nodes[Key]>, Nodes[Key]['params'], FilledOf<Links, Key>>
  : never;

type CheckedParams<Taken, Given, Filled> = [Exclude<NeededOf<Taken>, Filled>] extends [never]
  ? { params?: KnownParams<Taken, Given> }
  : {
      params: KnownParams<Taken, Given> &
        Pick<Frozen<Taken>, Exclude<NeededOf<Taken>, Filled> & keyof Frozen<Taken>>;
    };

type KnownParams<Taken, Given> = Partial<Frozen<Taken>> & {
  [Name in Exclude<keyof Given, KeysOf<Taken>>]?: never;
};

/** The inputs of a node that some link fills. */
type FilledOf<Links extends readonly LinkDraft[], Key> = Links[number] extends infer Link
  ? Link extends { to: Key; input: infer Input }
    ? Input
    : never
  : never;

/** The checked form of a link: the link itself, or, where it does not fit, what would. */
export type CheckedLink<Nodes extends NodesDraft, Link> = Link extends { input: infer Input }
  ? Link extends { from: infer From extends keyof Nodes; to: infer To extends keyof Nodes }
    ? Input extends KeysOf<TakenBy<Nodes[To]>>
      ? CheckedOutput<GivenBy<Nodes[From]>, WantedBy<Link, ValueOf<TakenBy<Nodes[To]>, Input>>, Link>
      : { input: KeysOf<TakenBy<Nodes[To]>> }
    : LinkDraft
  : LinkDraft;

type CheckedOutput<Given, Wanted, Link> = Link extends { output: infer Output }
  ? Output extends KeysOf<Given>
    ? Fits<ValueOf<Given, Output>, Wanted> extends true
      ? LinkDraft
      : { output: FittingOf<Given, Wanted> }
    : { output: KeysOf<Given> }
  : Fits<Given, Wanted> extends true
    ? LinkDraft
    : { output: FittingOf<Given, Wanted> };

/** A link that adds to a list is wanted to give an item of it. */
type WantedBy<Link, Value> = Link extends { append: true }
  ? unknown extends Value
    ? unknown
    : Value extends readonly (infer Item)[]
      ? Item
      : never
  : Value;

/** The outputs that fit: an editor proposes these. */
type FittingOf<Given, Wanted> = {
  [Output in keyof Given & string]: Fits<Given[Output], Wanted> extends true ? Output : never;
}[keyof Given & string];

/** An output that may be missing fits nothing: the node after it would not start. An output of which nothing is known fits all. */
type Fits<Given, Wanted> = unknown extends Given
  ? true
  : [Wanted] extends [never]
    ? false
    : [Frozen<Given>] extends [Frozen<Wanted>]
      ? undefined extends Given
        ? false
        : true
      : false;

/** The params that a node's task takes, as a caller sends them. */
type TakenBy<Node extends NodeDraft> = Node['task'] extends { readonly name: string }
  ? unknown extends SentOf<Node['task']>
    ? Record<string, unknown>
    : SentOf<Node['task']>
  : ServiceParams;

/** The result of a node's task, as it arrives. */
type GivenBy<Node extends NodeDraft> = Node['task'] extends { readonly name: string }
  ? ResultOf<Node['task']>
  : unknown;

/** The names of properties; of any member of a union; any text where nothing is known. */
type KeysOf<Value> = unknown extends Value ? string : Value extends Value ? keyof Value & string : never;

type ValueOf<Value, Name> = unknown extends Value
  ? unknown
  : Value extends Value
    ? Name extends keyof Value
      ? Value[Name]
      : never
    : never;

type NeededOf<Value> = {
  [Name in keyof Value]-?: string extends Name ? never : object extends Pick<Value, Name> ? never : Name;
}[keyof Value];

/** Values travel as JSON, so whether a list could be changed does not matter. */
type Frozen<Value> = unknown extends Value
  ? Value
  : Value extends object
    ? { readonly [Key in keyof Value]: Frozen<Value[Key]> }
    : Value;
