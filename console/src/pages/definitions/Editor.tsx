import { useComputedColorScheme } from '@mantine/core';
import { json } from '@codemirror/lang-json';
import { yaml } from '@codemirror/lang-yaml';
import { lintGutter, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import CodeMirror, { EditorState, EditorView } from '@uiw/react-codemirror';
import { useEffect, useMemo, useState } from 'react';
import { completionOf, type Names } from './completion';
import type { Fault } from './queries';
import type { Notation } from './route';

interface EditorProps {
  label: string;
  text: string;
  onChange: (text: string) => void;
  notation: Notation;
  faults: readonly Fault[];
  names: Names;
  isReadOnly?: boolean;
  /** where to go; a new object goes there again */
  goTo?: { line: number; column: number };
}

/** Darker than the theme's own, so that line numbers and comments can be read on it. */
const dark = { backgroundColor: 'light-dark(#fff, #141414) !important' };
const ground = EditorView.theme({
  '&': dark,
  '.cm-gutters': { ...dark, color: 'var(--mantine-color-dimmed) !important' },
});

/** A definition as text, with completion, and its faults at their lines. */
export default function Editor({ label, text, onChange, notation, faults, names, isReadOnly, goTo }: EditorProps) {
  const scheme = useComputedColorScheme('light');
  const [view, setView] = useState<EditorView>();

  const extensions = useMemo(() => {
    // the editor knows a source by its identity
    const data = [{ autocomplete: completionOf(notation, names) }];
    return [
      notation === 'yaml' ? yaml() : json(),
      lintGutter(),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
      EditorState.languageData.of(() => data),
      ground,
    ];
  }, [notation, names, label]);
  useEffect(() => {
    if (view)
      view.dispatch(
        setDiagnostics(
          view.state,
          faults.map((fault) => diagnosticOf(view.state, fault)),
        ),
      );
  }, [view, faults]);
  useEffect(() => {
    if (!view || !goTo) return;
    const anchor = offsetOf(view.state, goTo);
    view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
    view.focus();
  }, [view, goTo]);

  return (
    <CodeMirror
      value={text}
      onChange={onChange}
      onCreateEditor={setView}
      theme={scheme}
      extensions={extensions}
      readOnly={isReadOnly}
      indentWithTab={false}
      minHeight="300px"
      maxHeight="65vh"
    />
  );
}

function offsetOf({ doc }: EditorState, { line, column }: { line: number; column: number }): number {
  const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines));
  return Math.min(from + column - 1, to);
}

function diagnosticOf(state: EditorState, { line = 1, column = 1, message, hint }: Fault): Diagnostic {
  const from = offsetOf(state, { line, column });
  const { to } = state.doc.lineAt(from);
  return {
    from,
    to: Math.max(from, to),
    severity: 'error',
    message: hint === undefined ? message : `${message}; ${hint}`,
  };
}
