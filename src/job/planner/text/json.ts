/** Characters of a JSON object or list that stands in a goal, from an offset on; 0 for none. */
export function jsonLength(goal: string, at: number): number {
  if (!/^(\{\s*["}]|\[\s*[[{"\d-])/.test(goal.slice(at, at + 20))) return 0;
  let depth = 0;
  let isText = false;
  for (let end = at; end < goal.length; end++) {
    const sign = goal[end] ?? '';
    if (isText) {
      if (sign === '\\') end++;
      else if (sign === '"') isText = false;
    } else if (sign === '"') isText = true;
    else if (sign === '{' || sign === '[') depth++;
    else if ((sign === '}' || sign === ']') && --depth === 0)
      return isJson(withSecrets(goal.slice(at, end + 1))) ? end + 1 - at : 0;
  }
  return 0;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** JSON with secrets as plans write them: `{"password": <the secret CRM_KEY>}`, `{"password": secret CRM_KEY}`. */
export const withSecrets = (text: string): string =>
  text.replace(
    /:\s*(?:<\s*)?(?:the\s+|le\s+)?secret\s+([A-Z][A-Z0-9_]*)(?:\s*>)?(?=\s*[,}])/g,
    (_, name: string) => `: "\${{ secrets.${name} }}"`,
  );
