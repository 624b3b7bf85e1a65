import { asIs, refusal } from '../refusals';

type Scope = Map<string, string>;

/** Prefixes in scope, element by element; tells elements of the given namespaces from foreign ones. */
export class Namespaces {
  private readonly scopes: { depth: number; scope: Scope }[] = [{ depth: 0, scope: new Map([['', '']]) }];
  private declared: [string, string][] = [];
  /** names of elements without prefix by written name; undefined if they are foreign */
  private names = new Map<string, string | undefined>();

  constructor(private readonly own: string[]) {}

  /** Takes an attribute `xmlns` or `xmlns:x` of the element that is about to open. */
  declare(attribute: string, uri: string): void {
    if (attribute === 'xmlns') this.declared.push(['', uri]);
    else if (attribute.startsWith('xmlns:')) this.declared.push([attribute.slice(6), uri]);
  }

  open(depth: number): void {
    if (this.declared.length === 0) return;
    this.scopes.push({ depth, scope: new Map([...this.scope, ...this.declared]) });
    this.declared = [];
    this.names.clear();
  }

  close(depth: number): void {
    if (this.scopes.at(-1)?.depth !== depth) return;
    this.scopes.pop();
    this.names.clear();
  }

  uriOf(prefix: string): string | undefined {
    return this.scope.get(prefix);
  }

  /** Name of an element without prefix; `undefined` if it is foreign. Throws `unreadable` for an unknown prefix. */
  ownName(name: string): string | undefined {
    const known = this.names.get(name);
    if (known !== undefined || this.names.has(name)) return known;
    const colon = name.indexOf(':');
    const uri = this.uriOf(colon < 0 ? '' : name.slice(0, colon));
    if (uri === undefined) throw refusal.unreadable(asIs(`<${name.slice(0, 50)}>: xmlns?`));
    const local = this.own.includes(uri) ? name.slice(colon + 1) : undefined;
    this.names.set(name, local);
    return local;
  }

  private get scope(): Scope {
    return this.scopes.at(-1)?.scope ?? new Map<string, string>();
  }
}
