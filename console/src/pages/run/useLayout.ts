import { useEffect, useState } from 'react';
import type { Layout, Shape } from './layout';
import Worker from './layout.worker?worker';

/** Places of steps; those of before until there are new ones, undefined at first. */
export function useLayout(rows: readonly Shape[]): Layout | undefined {
  const [layout, setLayout] = useState<Layout>();
  // places follow from the shape of the plan alone, not from the states of its steps
  const shape = JSON.stringify(rows.map(({ id, parent, needs }) => ({ id, parent, needs })));
  useEffect(() => {
    const worker = new Worker();
    worker.onmessage = ({ data }: MessageEvent<Layout>) => setLayout(data);
    worker.postMessage(JSON.parse(shape));
    return () => worker.terminate();
  }, [shape]);
  return layout;
}
