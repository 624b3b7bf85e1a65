import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Answer } from '../../api/client';
import { usePages } from '../../parts/usePages';
import type { ToolsSearch } from './route';

export type Tool = Answer<'listTools'>['tools'][number];
export type ToolDetail = Answer<'showTool'>;

export const useTools = (search: ToolsSearch) =>
  usePages<Tool>(['tools', 'list', search], async (cursor, signal) => {
    const query = { ...search, cursor, limit: 200 };
    const { tools, next_cursor } = await answer(api.GET('/api/v1/tools', { params: { query }, signal }));
    return { rows: tools, next: next_cursor };
  });

export const toolQuery = (name: string) =>
  queryOptions({
    queryKey: ['tools', 'tool', name],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/tools/{name}', { params: { path: { name } }, signal })),
  });
