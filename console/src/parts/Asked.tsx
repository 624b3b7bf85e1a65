import type { ReactNode } from 'react';
import { Failure, Loading } from './states';

interface AskedProps<T> {
  query: { data: T | undefined; error: Error | null; isPending: boolean; refetch: () => Promise<unknown> };
  children: (data: T) => ReactNode;
}

/** What was asked of the API: while it is on its way, when it failed, and when it is there. What is old stays shown. */
export function Asked<T>({ query, children }: AskedProps<T>) {
  const { data, error, isPending, refetch } = query;
  return (
    <>
      {error !== null && <Failure error={error} again={() => void refetch()} />}
      {data === undefined ? isPending && error === null && <Loading /> : children(data)}
    </>
  );
}
