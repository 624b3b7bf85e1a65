import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { usePolling, useRefresh } from '../../live/live';
import { createEditStore, type EditStore } from './edit-store';
import { isEmpty, keptOn, noEdits, type Edits } from './edits';
import { sightOf, type Sight } from './flags';
import { digestOf, orderQuery, type OrderNow } from './queries';

/** Work of a person on an order: what they were shown, which stays, and what the order is now. */
export interface Work {
  query: ReturnType<typeof useQuery<OrderNow>>;
  store: EditStore;
  /** as the person was shown it; their decision is bound to it */
  shown: Sight | undefined;
  /** as it is now, where that is another one */
  moved: Sight | undefined;
  /** it has changed while something was being typed; without a draft, or ended, nothing can be sent any more */
  isBehind: boolean;
  /** Shows what is there now. Edits that still fit are kept, unless they were sent. */
  adopt: (now: OrderNow, edits?: Edits) => void;
}

export function useWork(id: string, isBusy: boolean): Work {
  const client = useQueryClient();
  const interval = usePolling();
  const query = useQuery({ ...orderQuery(id), refetchInterval: interval });
  const [store] = useState(createEditStore);
  const [shownOrder, setShown] = useState<OrderNow>();
  useRefresh(({ subject }) => subject === id, ['order', id], ['order-history', id], ['order-corrections', id]);

  const now = query.data;
  const isOld = now !== undefined && (shownOrder === undefined || digestOf(now) !== digestOf(shownOrder));
  const isFree = !isBusy && isEmpty(store.get());
  if (isOld && (shownOrder === undefined || isFree)) setShown(now);

  const shown = useMemo(() => (shownOrder?.draft ? sightOf(shownOrder, shownOrder.draft) : undefined), [shownOrder]);
  const moved = useMemo(() => (isOld && now.draft ? sightOf(now, now.draft) : undefined), [isOld, now]);
  return {
    query,
    store,
    shown,
    moved,
    isBehind: isOld && shownOrder !== undefined && !isFree,
    adopt(order, edits = store.get()) {
      const sight = order.draft && sightOf(order, order.draft);
      store.change(() => (sight && order.question ? keptOn(edits, sight) : noEdits));
      setShown(order);
      client.setQueryData(orderQuery(id).queryKey, order);
    },
  };
}
