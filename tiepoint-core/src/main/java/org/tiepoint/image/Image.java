package org.tiepoint.image;

/**
 * An 8-bit RGB picture in memory, row-major and interleaved: the red, green and blue of pixel (x, y) stand at
 * {@code 3 * (y * width + x)} and the two bytes after it. The array is shared, not copied: treat it as read-only.
 *
 * @param width  pixels a row, at least 1
 * @param height rows, at least 1
 * @param rgb    {@code 3 * width * height} bytes
 */
public record Image(int width, int height, byte[] rgb) {
    public Image {
        if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
            throw new IllegalArgumentException("an image of " + width + "x" + height + " needs "
                    + 3L * width * height + " bytes, got " + rgb.length);
        }
    }
}
