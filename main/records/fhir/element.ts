/** Reading elements of FHIR resources (HL7 FHIR R4) without trusting their shape. */

/** The value at a path of names and positions; undefined where there is none. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return undefined;
    here = (here as Record<string | number, unknown>)[step];
  }
  return here;
}

/** A primitive as text; undefined for anything else and for nothing. */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string | undefined {
  const found = at(value, ...path);
  if (typeof found === 'number' || typeof found === 'boolean') return String(found);
  return typeof found === 'string' && found.trim() !== '' ? found.trim() : undefined;
}

/** The elements of a repeating element; one that stands alone counts as one. */
export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(value, ...path);
  if (found === undefined || found === null) return [];
  return Array.isArray(found) ? (found as unknown[]) : [found];
}

/** What a CodeableConcept says: its text, else the display, else the code of its first coding. */
export function conceptText(concept: unknown): string | undefined {
  const coding = listAt(concept, 'coding')[0];
  return textAt(concept, 'text') ?? textAt(coding, 'display') ?? textAt(coding, 'code');
}

/** The code of the first coding, for elements with a closed list of codes. */
export function codeOf(concept: unknown): string | undefined {
  return textAt(listAt(concept, 'coding')[0], 'code');
}

export interface Reference {
  /** Type of the resource, where the reference names it. */
  readonly type: string | undefined;
  readonly id: string;
}

/** Patient/1, http://.../Patient/1/_history/2 and urn:uuid:... as type and id. */
export function referenceAt(value: unknown, ...path: readonly string[]): Reference | undefined {
  const text = textAt(value, ...path, 'reference');
  if (text === undefined || text.startsWith('#')) return undefined;
  return parsedReference(text);
}

export function parsedReference(text: string): Reference {
  const parts = /(?:^|\/)([A-Z][A-Za-z]+)\/([^/]+)(?:\/_history\/[^/]+)?$/.exec(text);
  if (parts) return { type: parts[1], id: parts[2] as string };
  return { type: undefined, id: text.replace(/^urn:(uuid|oid):/, '') };
}
