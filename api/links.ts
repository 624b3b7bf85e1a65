import type { Subject } from '../schemas/envelope';
import type { Contract } from './contract';

/** The address of a contract, with its parameters filled in. */
export function addressOf<C extends Contract>({ path }: C, params: Record<keyof C['params'] & string, string>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: keyof typeof params) => encodeURIComponent(params[name]));
}

/** The workflow id of a process's run, from the id that people know: a project's, an order's. */
export type WorkflowIdOf = (process: string, name: string) => string;

/** Address of a workflow in Temporal's Web UI; undefined if there is no UI. */
export type UiUrl = (workflowId: string) => string | undefined;

/** A link to a workflow in Temporal's Web UI, if there is one. */
export function temporalLink(workflowId: string, uiUrl: UiUrl): Record<string, string> {
  const temporal = uiUrl(workflowId);
  return temporal === undefined ? {} : { temporal };
}

/** A link to the subject of a run, named by its kind, if an address shows such subjects. */
export function linkTo({ kind, id }: Subject, contracts: readonly Contract[]): Record<string, string> {
  const contract = contracts.find(({ shows }) => shows === kind);
  return contract ? { [kind]: contract.path.replace(/\{\w+\}/, () => encodeURIComponent(id)) } : {};
}
