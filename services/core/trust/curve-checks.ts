const P = 2n ** 255n - 19n;
/** Edwards d = -121665/121666 (RFC 8032 §5.1). */
const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;

/** y coordinates of the eight points of small order (the order of the group's torsion is 8); the sign of x does not matter. */
const SMALL_ORDER_Y: ReadonlySet<bigint> = new Set([
  0n,
  1n,
  P - 1n,
  2707385501144840649318225287225658788936804267575313519463743609750303402022n,
  P - 2707385501144840649318225287225658788936804267575313519463743609750303402022n,
]);

/** u coordinates of the points of small order, on the curve and on its twist. */
const SMALL_ORDER_U: ReadonlySet<bigint> = new Set([
  0n,
  1n,
  P - 1n,
  325606250916557431795983626356110631294008115727848805560023387167927233504n,
  39382357235489614581723060781553021112529911719440698176882885853963445705823n,
]);

function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] as number);
  return value;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base % P;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % P;
    square = (square * square) % P;
  }
  return result;
}

function isSquare(value: bigint): boolean {
  return value === 0n || power(value, (P - 1n) / 2n) === 1n;
}

/**
 * Whether 32 bytes are the one encoding of an Ed25519 point of large order: y below p (RFC 8032 §5.1.3 step 1), on the
 * curve (steps 2 and 3), and not one of the points with which a signature verifies for any message.
 */
export function isSoundEd25519Point(bytes: Uint8Array): boolean {
  if (bytes.length !== 32) return false;
  const y = littleEndian(bytes) & ((1n << 255n) - 1n);
  if (y >= P || SMALL_ORDER_Y.has(y)) return false;
  const y2 = (y * y) % P;
  const u = (y2 + P - 1n) % P;
  const v = (D * y2 + 1n) % P;
  return isSquare((u * power(v, P - 2n)) % P);
}

/** Whether 32 bytes are the one encoding of an X25519 point with which the shared secret is not known to all (RFC 7748 §6.1, §7). */
export function isSoundX25519Point(bytes: Uint8Array): boolean {
  if (bytes.length !== 32) return false;
  const u = littleEndian(bytes);
  return u < P && !SMALL_ORDER_U.has(u);
}
