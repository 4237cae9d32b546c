import type { LogoType } from "@vestibule/domain/brand";

/** How large an image is, by its own bytes. */
export type LogoSize = { readonly widthPixels: number; readonly heightPixels: number };

const READERS: Record<LogoType, (bytes: Buffer) => LogoSize | undefined> = {
  "image/png": pngSize,
  "image/jpeg": jpegSize,
  "image/webp": webpSize,
};

/** The size of an image of the type that it is said to be; `undefined` of what is no such image. */
export function logoSizeOf(bytes: Buffer, type: LogoType): LogoSize | undefined {
  const size = READERS[type](bytes);
  return size === undefined || size.widthPixels === 0 || size.heightPixels === 0 ? undefined : size;
}

const text = (bytes: Buffer, from: number, to: number): string => bytes.toString("latin1", from, to);

const PNG_SIGNATURE = "\u0089PNG\r\n\u001a\n";
const PNG_HEADER_BYTES = 24;

/** https://www.w3.org/TR/png-3/#11IHDR: the first chunk is the header. */
function pngSize(bytes: Buffer): LogoSize | undefined {
  if (bytes.length < PNG_HEADER_BYTES || text(bytes, 0, 8) !== PNG_SIGNATURE) return undefined;
  if (text(bytes, 12, 16) !== "IHDR") return undefined;
  return { widthPixels: bytes.readUInt32BE(16), heightPixels: bytes.readUInt32BE(20) };
}

/** Start of frame, of every coding there is (T.81, table B.1); C4, C8 and CC among them are something else. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** Markers stand alone that begin or end the image, or restart it. */
const isAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

/** https://www.w3.org/Graphics/JPEG/itu-t81.pdf, annex B: segments up to the one that begins the frame. */
function jpegSize(bytes: Buffer): LogoSize | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined;
  let at = 2;
  while (at + 9 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xff) at += 1;
    else if (isAlone(marker)) at += 2;
    else if (isFrame(marker))
      return { heightPixels: bytes.readUInt16BE(at + 5), widthPixels: bytes.readUInt16BE(at + 7) };
    // Data before any frame, or the end: no image.
    else if (marker === 0xda || marker === 0xd9) return undefined;
    else at += 2 + Math.max(bytes.readUInt16BE(at + 2), 2);
  }
  return undefined;
}

const WEBP_HEADER_BYTES = 30;

/** https://developers.google.com/speed/webp/docs/riff_container: the first chunk says which of three kinds it is. */
function webpSize(bytes: Buffer): LogoSize | undefined {
  if (bytes.length < WEBP_HEADER_BYTES) return undefined;
  if (text(bytes, 0, 4) !== "RIFF" || text(bytes, 8, 12) !== "WEBP") return undefined;
  switch (text(bytes, 12, 16)) {
    case "VP8X":
      return { widthPixels: bytes.readUIntLE(24, 3) + 1, heightPixels: bytes.readUIntLE(27, 3) + 1 };
    case "VP8L": {
      if (bytes[20] !== 0x2f) return undefined;
      const packed = bytes.readUInt32LE(21);
      return { widthPixels: (packed & 0x3fff) + 1, heightPixels: ((packed >>> 14) & 0x3fff) + 1 };
    }
    case "VP8 ": {
      if (bytes.readUIntBE(23, 3) !== 0x9d012a) return undefined;
      return { widthPixels: bytes.readUInt16LE(26) & 0x3fff, heightPixels: bytes.readUInt16LE(28) & 0x3fff };
    }
    default:
      return undefined;
  }
}
