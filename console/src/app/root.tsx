import { lazy, Suspense } from 'react';
import { createRootRouteWithContext, type ErrorComponentProps } from '@tanstack/react-router';
import type { QueryClient } from '@tanstack/react-query';
import { sessionQuery, useSession } from '../api/session';
import { Frame } from '../frame/Frame';
import { LiveProvider } from '../live/LiveProvider';
import { Failure, Loading } from '../parts/states';

const NoPage = lazy(() => import('../parts/NoPage'));
const SignIn = lazy(() => import('../pages/sign-in/SignIn'));

/** Root of all pages: whoever is not signed in signs in first, and is then where they wanted to be. */
export const root = createRootRouteWithContext<{ client: QueryClient }>()({
  loader: ({ context: { client } }) => client.ensureQueryData(sessionQuery),
  component: Root,
  errorComponent: PageError,
  notFoundComponent: NoPage,
});

function Root() {
  if (useSession() === null)
    return (
      <Suspense fallback={<Loading />}>
        <SignIn />
      </Suspense>
    );
  return (
    <LiveProvider>
      <Frame />
    </LiveProvider>
  );
}

/** A page that has broken; the others work. */
export function PageError({ error, reset }: ErrorComponentProps) {
  return <Failure error={error} again={reset} />;
}
