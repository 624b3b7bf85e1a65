import { createRoute } from '@tanstack/react-router';
import { root } from '../../app/root';
import { textOf, wordOf } from '../../parts/search';

export const EFFECTS = ['none', 'idempotent', 'once'] as const;
export const RISKS = ['low', 'medium', 'high'] as const;
export const USABLE = ['true', 'false'] as const;

/** Which tools are shown. */
export interface ToolsSearch {
  q?: string;
  effect?: (typeof EFFECTS)[number];
  risk?: (typeof RISKS)[number];
  usable?: (typeof USABLE)[number];
}

export const toolsRoute = createRoute({
  getParentRoute: () => root,
  path: '/tools',
  validateSearch: ({ q, effect, risk, usable }: Record<string, unknown>): ToolsSearch => ({
    q: textOf(q),
    effect: wordOf(EFFECTS, effect),
    risk: wordOf(RISKS, risk),
    // `true` in an address is read as a boolean
    usable: wordOf(USABLE, String(usable)),
  }),
}).lazy(() => import('./Tools').then(({ page }) => page));

export const toolRoute = createRoute({ getParentRoute: () => root, path: '/tools/$name' }).lazy(() =>
  import('./Tool').then(({ page }) => page),
);
