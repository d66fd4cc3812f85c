/** Returns how many 32-bit words hold one bit for each of these rows. */
export function wordsFor(rows: number): number {
  return (rows + 31) >>> 5;
}

/** Sets a row's bit in the bitmap that begins at `base`. */
export function setBit(bits: Int32Array, base: number, row: number): void {
  const at = base + (row >>> 5);
  bits[at] = bits[at]! | (1 << (row & 31));
}

/** Returns whether a row's bit is set in the bitmap that begins at `base`. */
export function hasBit(bits: Int32Array, base: number, row: number): boolean {
  return (bits[base + (row >>> 5)]! & (1 << (row & 31))) !== 0;
}

/** Returns the position of a word's lowest set bit; the word must not be zero. */
export function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}
