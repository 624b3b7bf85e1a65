/** Where the parts of a plan come from: JSON Pointers into the plan, each with its place in the definition. */
export class Places {
  private readonly places = new Map<string, string>();

  add(plan: string, definition: string): void {
    this.places.set(plan, definition);
  }

  /** The place in the definition of a place in the plan: that of the nearest part around it that is known. */
  of(pointer: string): string {
    for (let part = pointer; part !== ''; part = part.slice(0, part.lastIndexOf('/'))) {
      const place = this.places.get(part);
      if (place !== undefined) return place + pointer.slice(part.length);
    }
    return pointer;
  }
}
