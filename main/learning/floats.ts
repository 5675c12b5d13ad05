/** Numbers as base64 of little-endian float32. */
export function encodeFloats(numbers: Float64Array): string {
  const bytes = Buffer.alloc(numbers.length * 4);
  numbers.forEach((value, i) => bytes.writeFloatLE(value, i * 4));
  return bytes.toString('base64');
}

export function decodeFloats(text: string): Float64Array {
  const bytes = Buffer.from(text, 'base64');
  return Float64Array.from({ length: bytes.length >> 2 }, (_, i) => bytes.readFloatLE(i * 4));
}
