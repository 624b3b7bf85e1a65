import '@xyflow/react/dist/style.css';
import './graph.css';
import { useComputedColorScheme } from '@mantine/core';
import { Controls, ReactFlow, type Edge, type NodeChange, type ReactFlowInstance } from '@xyflow/react';
import { useMemo } from 'react';
import { useWords } from '../../i18n/words';
import { Loading } from '../../parts/states';
import type { Layout } from './layout';
import type { Row } from './model';
import type { StepsProps } from './StepList';
import { StepNode, type StepNodeType } from './StepNode';
import { words } from './step.words';
import { useLayout } from './useLayout';

const nodeTypes = { step: StepNode };

/** px of a plan that is seen as a whole at first. */
const LARGE = 3_000;

/** Shows all at first, or of a large plan the step where something happens, else its first. */
function showStart(flow: ReactFlowInstance<StepNodeType>, rows: readonly Row[], { nodes }: Layout): void {
  const top = nodes.filter(({ parent }) => parent === undefined);
  const width = Math.max(...top.map((node) => node.x + node.width));
  const height = Math.max(...top.map((node) => node.y + node.height));
  // a small one is not drawn larger than life
  if (Math.max(width, height) < LARGE)
    return void flow.fitBounds({ x: 0, y: 0, width: Math.max(width, 1_000), height: Math.max(height, 500) });
  const busy = ['failed', 'waiting', 'running']
    .map((state) => rows.find(({ status }) => status === state))
    .find(Boolean);
  const first = nodes.find(({ id }) => id === (busy ?? rows[0])?.id);
  if (first) void flow.setCenter(first.x + first.width, first.y + first.height, { zoom: 0.8 });
}

/** Steps as a graph. What is out of sight is not drawn, and a change of a state moves nothing. */
export default function StepGraph({ rows, closed, onToggle, current, onStep }: StepsProps) {
  const w = useWords(words);
  const scheme = useComputedColorScheme('light');
  const layout = useLayout(rows);
  const nodes = useMemo(() => {
    const byId = new Map(rows.map((row) => [row.id, row]));
    return (layout?.nodes ?? []).flatMap(({ id, parent, x, y, width, height }): StepNodeType[] => {
      const row = byId.get(id);
      if (!row) return [];
      return [
        {
          ...{ id, parentId: parent, type: 'step', position: { x, y }, width, height },
          initialWidth: width,
          initialHeight: height,
          handles: [
            { type: 'target', position: 'left', x: 0, y: height / 2, width: 1, height: 1 },
            { type: 'source', position: 'right', x: width, y: height / 2, width: 1, height: 1 },
          ] as StepNodeType['handles'],
          data: { row, isClosed: closed.has(id), onToggle, onStep },
          selected: id === current,
          ariaLabel: `${row.name}, ${row.status}`,
        },
      ];
    });
  }, [rows, layout, closed, onToggle, onStep, current]);
  const edges = useMemo(
    () =>
      (layout?.edges ?? []).map(({ from, to }): Edge => ({
        id: `${from} ${to}`,
        source: from,
        target: to,
        focusable: false,
      })),
    [layout],
  );
  if (!layout) return <Loading />;
  return (
    <div className="run-graph" role="region" aria-label={w.canvas}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        colorMode={scheme}
        onNodesChange={(changes: NodeChange<StepNodeType>[]) => {
          for (const change of changes) if (change.type === 'select' && change.selected) onStep(change.id);
        }}
        onlyRenderVisibleElements
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        minZoom={0.05}
        maxZoom={1.5}
        onInit={(flow) => showStart(flow, rows, layout)}
        proOptions={{ hideAttribution: true }}
      >
        <Controls showInteractive={false} />
      </ReactFlow>
    </div>
  );
}
