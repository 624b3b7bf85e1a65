import { createLazyRoute } from '@tanstack/react-router';
import { Page } from '../../parts/Page';
export const page = createLazyRoute('/inbox')({ component: Inbox });
function Inbox() {
  return <Page title="Inbox">x</Page>;
}
