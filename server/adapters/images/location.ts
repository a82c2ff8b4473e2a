const GPS_DIRECTORY = 0x8825;

/** Whether a picture's metadata says where it was taken: the GPS directory of Exif (CIPA DC-008 §4.6.3), or its names in XMP. */
export function tellsLocation(exif: Uint8Array | undefined, xmp: Uint8Array | undefined): boolean {
  return (exif !== undefined && hasGps(Buffer.from(exif))) || /GPS(Latitude|Longitude)/.test(textOf(xmp));
}

/** Exif is a TIFF file behind six bytes; its first directory points to the one about the place. */
function hasGps(exif: Buffer): boolean {
  const tiff = exif.subarray(exif.toString('latin1', 0, 4) === 'Exif' ? 6 : 0);
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number) => (at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const long = (at: number) => (at + 4 > tiff.length ? 0 : little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  const directory = long(4);
  const tags = Array.from({ length: short(directory) }, (_, index) => short(directory + 2 + index * 12));
  return tags.includes(GPS_DIRECTORY);
}

function textOf(bytes: Uint8Array | undefined): string {
  return bytes ? Buffer.from(bytes).toString('latin1') : '';
}
