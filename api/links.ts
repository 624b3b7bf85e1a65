import type { Subject } from '../schemas/envelope';
import type { Contract } from './contract';

/** The address of a contract, with its parameters put in. */
export function addressOf<C extends Contract>({ path }: C, params: Record<keyof C['params'] & string, string>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: keyof typeof params) => encodeURIComponent(params[name]));
}

/** The workflow id of a process's run, by the name that people know it by: a project's, an order's. */
export type WorkflowIdOf = (process: string, name: string) => string;

/** Where Temporal's own pages show a workflow; undefined where there are none. */
export type UiUrl = (workflowId: string) => string | undefined;

/** A link to a workflow in Temporal's own pages, where there are any. */
export function temporalLink(workflowId: string, uiUrl: UiUrl): Record<string, string> {
  const temporal = uiUrl(workflowId);
  return temporal === undefined ? {} : { temporal };
}

/** A link to the subject of a run, by the name of its kind, where an address shows such subjects. */
export function linkTo({ kind, id }: Subject, contracts: readonly Contract[]): Record<string, string> {
  const contract = contracts.find(({ shows }) => shows === kind);
  return contract ? { [kind]: contract.path.replace(/\{\w+\}/, () => encodeURIComponent(id)) } : {};
}
