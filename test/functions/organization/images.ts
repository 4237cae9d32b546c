/** An image of this size as its header has it; what comes after is of no matter here. */
export function png(width: number, height: number, bytes = 64): Buffer {
  const image = Buffer.alloc(bytes);
  image.write("\u0089PNG\r\n\u001a\n", 0, "latin1");
  image.writeUInt32BE(13, 8);
  image.write("IHDR", 12, "latin1");
  image.writeUInt32BE(width, 16);
  image.writeUInt32BE(height, 20);
  return image;
}

/** With a comment, fill bytes and a table before the frame, as encoders write them; `frame` is the coding's marker. */
export function jpeg(width: number, height: number, frame = 0xc0): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt16BE(height, 0);
  size.writeUInt16BE(width, 2);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x04, 0x4a, 0x46]),
    Buffer.from([0xff, 0xff, 0xfe, 0x00, 0x05, 0xff, 0xc0, 0x01]),
    Buffer.from([0xff, 0xc4, 0x00, 0x03, 0x00]),
    Buffer.from([0xff, frame, 0x00, 0x11, 0x08]),
    size,
    Buffer.alloc(16),
  ]);
}

function riff(chunk: string, ...fields: [at: number, bytes: number[]][]): Buffer {
  const image = Buffer.alloc(40);
  image.write("RIFF", 0, "latin1");
  image.write(`WEBP${chunk}`, 8, "latin1");
  for (const [at, bytes] of fields) Buffer.from(bytes).copy(image, at);
  return image;
}

const little = (value: number, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, at) => (value >>> (8 * at)) & 0xff);

/** A WebP of each kind there is. */
export const webp = {
  lossy: (width: number, height: number) =>
    riff("VP8 ", [23, [0x9d, 0x01, 0x2a]], [26, little(width, 2)], [28, little(height, 2)]),
  lossless: (width: number, height: number) =>
    riff("VP8L", [20, [0x2f]], [21, little((width - 1) | ((height - 1) << 14), 4)]),
  extended: (width: number, height: number) =>
    riff("VP8X", [24, little(width - 1, 3)], [27, little(height - 1, 3)]),
};
