import { queryOptions, useQuery, useSuspenseQuery, type QueryClient } from '@tanstack/react-query';
import { answer, api, ApiProblem, setCsrfToken, type Answer } from './client';

/** Somebody who is signed in, or `local` where nobody has to. */
export type Session = Answer<'readSession'>;
export type Role = Session['roles'][number];

/** Who is signed in; null if nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: 60_000,
  refetchOnWindowFocus: true,
  async queryFn(): Promise<Session | null> {
    try {
      const session = await answer(api.GET('/session'));
      setCsrfToken(session.csrf_token);
      return session;
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) return null;
      throw error;
    }
  },
});

export const useSession = (): Session | null => useSuspenseQuery(sessionQuery).data;

/** Says whether one of these roles is held; without a session, no. */
export function useMay(...roles: Role[]): boolean {
  const { data } = useQuery(sessionQuery);
  return data?.roles.some((role) => roles.includes(role)) ?? false;
}

/** What somebody else was shown is forgotten. */
function forget(client: QueryClient): void {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] });
}

export async function signIn(client: QueryClient, key: string): Promise<void> {
  await answer(api.POST('/session', { body: { key } }));
  forget(client);
  await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
}

export async function signOut(client: QueryClient, everywhere = false): Promise<void> {
  await answer<unknown>(everywhere ? api.DELETE('/sessions') : api.DELETE('/session'));
  client.setQueryData(sessionQuery.queryKey, null);
  forget(client);
}

/** Roles that operate, as the API's contracts name them. */
export const operators = ['operator', 'admin'] as const satisfies readonly Role[];
