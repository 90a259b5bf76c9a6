import { crc32, deflateSync } from 'node:zlib';

const WIDTH = 96;
const HEIGHT = 64;

/** A small photograph for the demonstration: a PNG of dusk over a river, drawn here, so that nobody is in it. */
export function drawPhotograph(): Buffer {
  const rows = Array.from({ length: HEIGHT }, (_, y) => {
    const row = Buffer.alloc(1 + WIDTH * 3);
    for (let x = 0; x < WIDTH; x++) {
      const isRiver = y > 40 && (x + y * 3) % 17 > 2;
      row.set(isRiver ? [30, 60 + ((x * 7) % 20), 90] : [200 - y * 2, 120 - y, 90 + (y % 5) * 6], 1 + x * 3);
    }
    return row;
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  // 8 bits of red, green and blue. PNG (ISO/IEC 15948) section 11.2.2.
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const body = deflateSync(Buffer.concat(rows));
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', body), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
