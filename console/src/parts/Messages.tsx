import './components.css';
import { Notifications } from '@mantine/notifications';

/** Short messages at the edge of the window. */
export default function Messages() {
  return <Notifications position="bottom-right" limit={4} />;
}
