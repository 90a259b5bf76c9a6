import { crc32, deflateSync } from 'node:zlib';

type Colour = readonly [red: number, green: number, blue: number];

/** A small photograph for the demonstration: a PNG of dusk over a river, drawn here, so that nobody is in it. */
export function drawPhotograph(): Buffer {
  return png(96, 64, (x, y) =>
    y > 40 && (x + y * 3) % 17 > 2 ? [30, 60 + ((x * 7) % 20), 90] : [200 - y * 2, 120 - y, 90 + (y % 5) * 6],
  );
}

/** A face for the demonstration: a PNG of an outline with a cap, which is nobody's. */
export function drawFace(): Buffer {
  return png(96, 120, (x, y) => {
    const isHead = ((x - 48) / 24) ** 2 + ((y - 48) / 31) ** 2 < 1;
    const isBody = ((x - 48) / 44) ** 2 + ((y - 122) / 40) ** 2 < 1;
    const isCap = isHead && y < 36;
    return isCap ? [120, 124, 128] : isHead ? [176, 160, 148] : isBody ? [84, 96, 108] : [222, 224, 222];
  });
}

function png(width: number, height: number, colourAt: (x: number, y: number) => Colour): Buffer {
  const rows = Array.from({ length: height }, (_, y) => {
    const row = Buffer.alloc(1 + width * 3);
    for (let x = 0; x < width; x++) row.set(colourAt(x, y), 1 + x * 3);
    return row;
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
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
