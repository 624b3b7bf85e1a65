import { createLazyRoute } from '@tanstack/react-router';
import { Page } from '../../parts/Page';
export const page = createLazyRoute('/')({ component: Home });
function Home() {
  return <Page title="Home">x</Page>;
}
