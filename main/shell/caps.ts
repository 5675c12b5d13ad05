export interface Caps {
  readonly depth: number;
  /** Values of any kind, counted over the whole message. */
  readonly values: number;
  /** Characters of all texts and keys together. */
  readonly characters: number;
}

export const REQUEST_CAPS: Caps = { depth: 8, values: 20_000, characters: 1_000_000 };
export const REPLY_CAPS: Caps = { depth: 16, values: 1_000_000, characters: 32_000_000 };

/**
 * True if a message is plain data (objects, arrays, texts, finite numbers, booleans, null) within
 * the caps. Looked at before any schema, so that no schema ever walks a huge or circular value.
 */
export function withinCaps(message: unknown, caps: Caps): boolean {
  let values = 0;
  let characters = 0;

  const walk = (value: unknown, depth: number): boolean => {
    values += 1;
    if (values > caps.values || depth > caps.depth) return false;
    switch (typeof value) {
      case 'string':
        characters += value.length;
        return characters <= caps.characters;
      case 'number':
        return Number.isFinite(value);
      case 'boolean':
      case 'undefined':
        return true;
      case 'object':
        return value === null || walkInside(value, depth + 1);
      case 'bigint':
      case 'function':
      case 'symbol':
        return false;
    }
  };
  const walkInside = (value: object, depth: number): boolean => {
    if (Array.isArray(value)) return value.every((item) => walk(item, depth));
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) return false;
    return Object.entries(value).every(([key, item]) => {
      characters += key.length;
      return walk(item, depth);
    });
  };

  return walk(message, 0);
}
