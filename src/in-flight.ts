/** Lets callers who ask the same while a question is on its way share its answer. */
export function createInFlight<T>() {
  const asked = new Map<string, Promise<T>>();
  return function share(key: string, ask: () => Promise<T>): Promise<T> {
    const known = asked.get(key);
    if (known) return known;
    const answer = ask().finally(() => asked.delete(key));
    asked.set(key, answer);
    return answer;
  };
}
