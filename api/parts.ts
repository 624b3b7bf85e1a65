import { agents } from './agents';
import { artifacts } from './artifacts';
import { changes } from './changes';
import { costs } from './costs';
import { effects } from './effects';
import { hooks } from './hooks';
import { inbox } from './inbox';
import { createInside, type InsideOptions } from './inside';
import { ledger } from './ledger';
import { mcp } from './mcp';
import { mcpServer } from './mcp-server';
import { memory } from './memory';
import { overview } from './overview';
import type { Route } from './part';
import { policy } from './policy';
import * as processes from './processes';
import { recordings } from './recordings';
import { runs } from './runs';
import { schedules } from './schedules';
import { service } from './service';
import { sessions } from './sessions';
import { tools } from './tools';
import { webhooks } from './webhooks';
import { workspace } from './workspace';

/** Parts of the API. Their addresses are matched, and described, in this order. */
const parts = [
  service,
  sessions,
  inbox,
  overview,
  changes,
  ...Object.values(processes),
  runs,
  recordings,
  effects,
  ledger,
  policy,
  costs,
  schedules,
  webhooks,
  hooks,
  memory,
  workspace,
  artifacts,
  tools,
  agents,
  mcp,
];

/** All addresses. Those of MCP carry requests of the others. */
export const contractList = [...parts, mcpServer].flatMap(({ contracts }) => contracts);

type DependenciesOf<R> = [R] extends [(deps: infer D) => unknown] ? D : never;

/** Everything that the parts need from outside. */
export type PartDependencies = Omit<DependenciesOf<(typeof parts)[number]['routes']>, 'contracts'> &
  Omit<DependenciesOf<(typeof mcpServer)['routes']>, 'ask'>;

export function routesOf(deps: PartDependencies & InsideOptions): Route[] {
  const routes = parts.flatMap((part) => part.routes({ ...deps, contracts: contractList }));
  return [...routes, ...mcpServer.routes({ ...deps, ask: createInside(routes, deps) })];
}
