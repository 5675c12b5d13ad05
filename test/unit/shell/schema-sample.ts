import { z } from 'zod';

interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
}

/** A small value the schema accepts; fields called `ticket` get the given one. */
export function sampleOf(schema: z.ZodType, ticket: string): unknown {
  const sample = smallest(z.toJSONSchema(schema, { io: 'input' }) as JsonSchema, ticket);
  const parsed = schema.safeParse(sample);
  if (!parsed.success) throw new Error(`no sample for the schema: ${parsed.error.message}`);
  return sample;
}

function smallest(schema: JsonSchema, ticket: string): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const one = schema.anyOf?.[0] ?? schema.oneOf?.[0] ?? schema.allOf?.[0];
  if (one !== undefined) return smallest(one, ticket);
  switch (schema.type) {
    case 'object':
      // A record gets one entry, because some must not be empty.
      if (typeof schema.additionalProperties === 'object') {
        return { x: smallest(schema.additionalProperties, ticket) };
      }
      return Object.fromEntries(
        (schema.required ?? []).map((key) => {
          const inside = schema.properties?.[key] ?? {};
          return [key, key === 'ticket' ? ticket : smallest(inside, ticket)];
        }),
      );
    case 'array':
      // Values of a list may have to differ.
      return Array.from({ length: schema.minItems ?? 0 }, (_, at) => {
        const item = smallest(schema.items ?? {}, ticket);
        return typeof item === 'string' && !schema.items?.enum ? item + 'x'.repeat(at) : item;
      });
    case 'string':
      return 'x'.repeat(schema.minLength ?? 1);
    case 'number':
    case 'integer':
      return schema.exclusiveMinimum === undefined
        ? (schema.minimum ?? 0)
        : schema.exclusiveMinimum + 0.5;
    case 'boolean':
      return false;
    default:
      return null;
  }
}
