import { useInfiniteQuery, type QueryKey } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';

/** A page of a list; `next` is where the next one begins, absent on the last. */
interface PageOf<T> {
  rows: readonly T[];
  next?: string;
}

/** Pages in a row that may be empty before somebody has to ask for more: filters look at a part of the list at a time. */
const EMPTY = 5;

/** A list that comes in pages: all rows until now, and more when they are wanted. */
export function usePages<T>(
  queryKey: QueryKey,
  ask: (cursor: string | undefined, signal: AbortSignal) => Promise<PageOf<T>>,
) {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => ask(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage, isError } = query;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isError, fetchNextPage]);
  const isBare = data !== undefined && data.pages.length < EMPTY && data.pages.every(({ rows }) => rows.length === 0);
  useEffect(() => {
    if (isBare) more();
  }, [isBare, more]);
  return {
    query: { ...query, data: data?.pages.flatMap(({ rows }) => rows) },
    hasMore: hasNextPage,
    isLoading: isFetchingNextPage,
    more,
  };
}
