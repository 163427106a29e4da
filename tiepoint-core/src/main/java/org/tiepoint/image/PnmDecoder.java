package org.tiepoint.image;

/**
 * Decodes PBM, PGM and PPM files (netpbm's P1 to P6), binary and plain, with any maximum value up to 65535. OpenCV
 * reads them too, but leaves values under another maximum than 255 or 65535 as they are: a 10-bit PGM comes out dark.
 */
final class PnmDecoder {
    private final byte[] file;
    private final int kind;
    private final int width;
    private final int height;
    private final int maximum;
    private int position = 2;

    PnmDecoder(byte[] file) throws DamagedImageException {
        this.file = file;
        this.kind = file[1] - '0';
        this.width = number("width");
        this.height = number("height");
        this.maximum = bitmap() ? 1 : number("maximum value");
        if (maximum < 1 || maximum > 65535) {
            throw DamagedImageException.damaged(ImageFormat.PNM, "its maximum value is " + maximum
                    + ", allowed are 1 to 65535");
        }
        position++;
    }

    EncodedImage header() {
        return new EncodedImage(ImageFormat.PNM, width, height, 1, file);
    }

    Image decode() throws DamagedImageException {
        int channels = kind == 3 || kind == 6 ? 3 : 1;
        requireLength(channels);
        byte[] rgb = new byte[3 * width * height];
        int to = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                byte value = 0;
                for (int c = 0; c < channels; c++) {
                    value = sample(y, x);
                    rgb[to++] = value;
                }
                for (int c = channels; c < 3; c++) {
                    rgb[to++] = value;
                }
            }
        }
        return new Image(width, height, rgb);
    }

    private boolean bitmap() {
        return kind == 1 || kind == 4;
    }

    /** The next sample as 0 to 255. In a bitmap 1 is black. */
    private byte sample(int y, int x) throws DamagedImageException {
        if (kind == 4) {
            int packed = file[position + y * ((width + 7) / 8) + x / 8];
            return (byte) ((packed >> 7 - x % 8 & 1) == 1 ? 0 : 255);
        }
        if (kind == 1) {
            skipSpace();
            byte bit = file[position++];
            if (bit != '0' && bit != '1') {
                throw DamagedImageException.damaged(ImageFormat.PNM, "byte " + (position - 1) + " is neither 0 nor 1");
            }
            return (byte) (bit == '1' ? 0 : 255);
        }
        int value;
        if (kind < 4) {
            value = number("pixels");
        } else {
            value = file[position++] & 0xFF;
            if (maximum > 255) {
                value = value << 8 | file[position++] & 0xFF;
            }
        }
        return (byte) ((Math.min(value, maximum) * 255L + maximum / 2) / maximum);
    }

    /** What is left must hold the pixels; in the plain formats a sample takes at least a digit, and a space. */
    private void requireLength(int channels) throws DamagedImageException {
        long row = switch (kind) {
            case 1 -> width;
            case 2, 3 -> 2L * channels * width - 1;
            case 4 -> (width + 7L) / 8;
            default -> (long) channels * width * (maximum > 255 ? 2 : 1);
        };
        if (position + row * height > file.length) {
            throw DamagedImageException.cutShort(ImageFormat.PNM, "byte " + file.length + " of "
                    + (position + row * height));
        }
    }

    private int number(String what) throws DamagedImageException {
        skipSpace();
        long value = 0;
        int start = position;
        while (position < file.length && file[position] >= '0' && file[position] <= '9') {
            value = Math.min(value * 10 + file[position++] - '0', Integer.MAX_VALUE);
        }
        if (position == start) {
            throw DamagedImageException.damaged(ImageFormat.PNM, "a number (" + what + ") is missing at byte "
                    + position);
        }
        return (int) value;
    }

    /** Passes over white space and comments; at least one more byte follows then. */
    private void skipSpace() throws DamagedImageException {
        boolean comment = false;
        while (position < file.length) {
            byte b = file[position];
            if (b == '#') {
                comment = true;
            } else if (comment) {
                comment = b != '\n' && b != '\r';
            } else if (b != ' ' && (b < '\t' || b > '\r')) {
                return;
            }
            position++;
        }
        throw DamagedImageException.cutShort(ImageFormat.PNM, "byte " + file.length);
    }
}
