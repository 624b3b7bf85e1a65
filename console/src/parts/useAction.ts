import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { ApiProblem } from '../api/client';

interface ActionOptions<V, T> {
  act: (variables: V) => Promise<T>;
  /** what has been done, in words; without it the page itself shows it */
  done?: (result: T, variables: V) => string;
  /** what is asked again afterwards, whether it has worked or not: somebody else may have been faster */
  refresh: readonly QueryKey[];
  onDone?: (result: T) => void;
}

/** Something that a person has done: it is told when it has worked, and why it has not. */
export function useAction<V, T>({ act, done, refresh, onDone }: ActionOptions<V, T>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess(result, variables) {
      if (done) notifications.show({ message: done(result, variables), color: 'green' });
      onDone?.(result);
    },
    onError(error) {
      const id = error instanceof ApiProblem && error.requestId ? ` (${error.requestId})` : '';
      notifications.show({ message: `${error.message}${id}`, color: 'red', autoClose: false });
    },
    onSettled: () => Promise.all(refresh.map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}
