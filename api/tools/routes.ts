import type { CompleteSpec } from '../../core/worst-case';
import type { ToolPage } from '../../schemas/tools/api';
import type { PublishedCatalogue } from '../../src/catalogue/published';
import { notFound } from '../../src/runs/errors';
import { readOffered } from '../definition/read';
import { pageOf } from '../http';
import type { Call, Handlers } from '../part';
import type { toolContracts } from './contract';
import { detailOf, summaryOf } from './views';

export interface ToolDependencies {
  catalogue: Pick<PublishedCatalogue, 'read' | 'offered'>;
}

export function toolRoutes({ catalogue }: ToolDependencies): Handlers<typeof toolContracts> {
  return {
    async listTools(call) {
      await readOffered({ catalogue });
      const { tools } = (await catalogue.offered()) ?? { tools: [] };
      const found = tools.filter(selects(call.query));
      const { page, next_cursor } = pageOf(call, found, 100);
      return { body: { total: found.length, tools: page.map(summaryOf), next_cursor } satisfies ToolPage };
    },
    async showTool({ params: { name = '' } }) {
      const known = await readOffered({ catalogue });
      const spec = known.tool(name);
      if (spec) return { body: detailOf(spec) };
      const [near] = known.near(name, 'tool');
      throw notFound(`There is no tool ${name}${near === undefined ? '.' : `; did you mean ${near}?`}`);
    },
  };
}

/** True for a tool that a list was asked for. */
function selects({ q, effect, risk, usable }: Call['query']): (spec: CompleteSpec) => boolean {
  const words = String(q ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean);
  return (spec) => {
    const text = [spec.name, ...spec.aliases, spec.description].join('\n').toLowerCase();
    return (
      words.every((word) => text.includes(word)) &&
      (effect === undefined || spec.effect === effect) &&
      (risk === undefined || spec.risk === risk) &&
      (usable === undefined || (usable === 'true') === (spec.withheld === undefined))
    );
  };
}
