import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem } from '../api/client';
import { sessionQuery } from '../api/session';

/** Answers worth another try: the server was away, or had too much to do. */
const isPassing = (error: Error): boolean =>
  error instanceof ApiProblem && [0, 429, 502, 503, 504].includes(error.status);

export const client = new QueryClient({
  queryCache: new QueryCache({
    onError(error) {
      // a session that has ended meanwhile: whoever it was signs in again, at the same address
      if (error instanceof ApiProblem && error.status === 401)
        void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  }),
  defaultOptions: {
    // what a person does is done now or refused now, never kept back until the network is there again
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: 2_000,
      retry: (tries, error) => tries < 3 && isPassing(error),
      retryDelay: (tries) => Math.min(500 * 2 ** tries, 5_000),
    },
  },
});
