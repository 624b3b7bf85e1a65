import { objectionOfRules } from '../../core/decision';
import { samePerson } from '../../core/identity';
import { processes } from '../../schemas/catalogue';
import type { InboxItem, SilentRun } from '../../schemas/inbox/api';
import type { Language } from '../../schemas/language';
import type { McpServer } from '../../schemas/mcp/api';
import type { McpTool } from '../../schemas/mcp/tools';
import type { Silent } from '../../src/runs/asked/asked';
import { idOf, type Question } from '../../src/runs/asked/question';
import { counted, countedInFrench } from '../../src/words';
import { auditContracts } from '../audit/contract';
import type { Principal } from '../auth';
import type { Contract } from '../contract';
import { jobLinks } from '../job/views';
import { addressOf, linkTo, temporalLink, type UiUrl } from '../links';
import { mcpContracts } from '../mcp/contract';
import { orderLinks } from '../order/views';
import { problemOf } from '../problem';
import { runContracts } from '../runs/contract';
import { runLinks } from '../runs/views';

/** Pure mappers from questions to items of the inbox. */

/** What the mappers need besides a question. */
export interface Around {
  caller: Principal;
  language: Language;
  contracts: readonly Contract[];
  uiUrl: UiUrl;
}

const kinds: Readonly<Record<string, string>> = { order_validation: 'order', missing_rows: 'clarification' };

export function itemOf(question: Question, around: Around): InboxItem {
  const { workflow_id, process, subject, blocking, flags, approval_id, decision } = question;
  const { title, question: words } = (around.language === 'fr' ? question.french : undefined) ?? question;
  const kind = kinds[question.kind] ?? question.kind;
  return {
    ...{ id: idOf(question), kind, process, workflow_id, subject, title },
    ...{ question: words, choices: question.choices, blocking, flags },
    since: question.requested_at,
    due_at: question.due_at,
    expires_at: question.expires_at,
    assignee: question.assignee,
    ...{ approval_id, digest: question.digest, decision },
    ...(decision ? { mine: samePerson(decision.by, around.caller.name) } : rightOf(question, kind, around.caller)),
    links: linksOf(question, around),
  };
}

/** The acceptance of tools that an MCP server lists; undefined where none waits. */
export function toolsItemOf(
  server: McpServer,
  tools: readonly McpTool[],
  { caller, language }: Around,
): InboxItem | undefined {
  const waiting = tools.filter(({ state }) => state === 'new' || state === 'changed');
  if (waiting.length === 0) return undefined;
  const changed = waiting.filter(({ state }) => state === 'changed').length;
  const names = waiting.slice(0, 10).map(({ name }) => name);
  const more = waiting.length - names.length;
  return {
    ...{ id: `mcp.${server.name}`, kind: 'tools', process: 'pinning', subject: server.name },
    ...(language === 'fr'
      ? {
          title: `Outils du serveur MCP ${server.name}`,
          question: `Accepter ${countedInFrench(waiting.length, 'outil')} de ${server.name} ? ${names.join(', ')}${more > 0 ? ` et ${more} de plus` : ''}.`,
        }
      : {
          title: `Tools of the MCP server ${server.name}`,
          question: `Accept ${counted(waiting.length, 'tool')} of ${server.name}? ${names.join(', ')}${more > 0 ? `, and ${more} more` : ''}.`,
        }),
    ...{ choices: ['accept'], blocking: false, flags: changed, since: server.seen_at },
    ...rightByRole(caller, mcpContracts.pinMcpTools),
    links: { ...server.links, decide: addressOf(mcpContracts.pinMcpTools, { server: server.name }) },
  };
}

export function silentOf({ run, error }: Silent): SilentRun {
  const { workflow_id, process, subject, title } = run;
  const detail = error === undefined ? 'It has not answered in time.' : problemOf(error).detail;
  return { workflow_id, process, subject, title, detail, links: { self: runLinks(workflow_id).run } };
}

type Right = Pick<InboxItem, 'mine' | 'reason' | 'withheld'>;

/** Whether a question is the caller's to decide. */
function rightOf({ assignee, rules, choices }: Question, kind: string, caller: Principal): Right {
  const deciding = kind === 'clarification' ? auditContracts.answerClarification : runContracts.decide;
  const right = rightByRole(caller, deciding);
  if (!right.mine) return right;
  const objections = choices.flatMap((choice) => {
    const parties = { parties: rules?.parties };
    const objection = objectionOfRules({ choice, by: caller.name }, parties, { channel: 'api' });
    return objection ? [{ choice, message: objection.message }] : [];
  });
  const [first] = objections;
  if (first) return { mine: false, reason: `${first.message}.`, withheld: objections.map(({ choice }) => choice) };
  const isOthers = assignee !== undefined && !samePerson(assignee, caller.name);
  return isOthers ? { mine: false, reason: `${assignee} is asked.` } : right;
}

function rightByRole({ roles }: Principal, { roles: needed }: Contract): Right {
  if (needed === 'public' || needed.some((role) => roles.includes(role))) return { mine: true };
  return { mine: false, reason: `It takes the role ${needed.join(' or ')} to decide it.` };
}

/** Links from a question onwards: `decide` takes the decision. */
function linksOf({ workflow_id, process, subject, approval_id }: Question, { contracts, uiUrl }: Around) {
  const kind = processes.get(process)?.subject;
  const { run, steps, events } = runLinks(workflow_id);
  const about = kind ? linkTo({ kind, id: subject }, contracts)[kind] : undefined;
  const decide = addressOf(runContracts.decide, { workflow_id });
  const common = { self: about ?? run, run, steps, events, decide, ...temporalLink(workflow_id, uiUrl) };
  switch (process) {
    case 'order':
      return { ...orderLinks(subject, workflow_id, uiUrl), ...common };
    case 'job':
      return { ...jobLinks(subject, workflow_id, uiUrl), ...common };
    case 'audit': {
      const params = { project_id: subject, clarification_id: approval_id };
      return { ...common, answer: addressOf(auditContracts.answerClarification, params) };
    }
    default:
      return common;
  }
}
