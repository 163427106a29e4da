package org.tiepoint.dataset.synthetic;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.file.AtomicFile;

/**
 * The distance of every pixel's surface along the camera's z axis, in the units of the poses; positive infinity where
 * there is none (sky). The file is NumPy's .npy: little-endian 32-bit floats, shape (height, width), C order.
 *
 * @param width  pixels a row
 * @param height rows
 * @param z      {@code width * height} depths, row-major; shared, not copied: treat it as read-only
 */
public record DepthMap(int width, int height, float[] z) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(\\s*(\\d{1,5})\\s*,\\s*(\\d{1,5})\\s*\\)");
    private static final double EDGE = 0.05;

    public DepthMap {
        if (width < 1 || height < 1 || z.length != (long) width * height) {
            throw new IllegalArgumentException("a depth map of " + width + "x" + height + " needs "
                    + (long) width * height + " numbers, got " + z.length);
        }
    }

    /**
     * The depth at a point between pixel centres. Inverse depths are interpolated bilinearly, which is exact on
     * planes.
     *
     * @return NaN outside the image, in the sky, and across an edge: where the four pixels around differ by more than
     *         5 %
     */
    public double at(double x, double y) {
        if (!(x >= 0 && y >= 0 && x <= width - 1 && y <= height - 1)) {
            return Double.NaN;
        }
        int left = Math.min((int) x, Math.max(0, width - 2));
        int top = Math.min((int) y, Math.max(0, height - 2));
        int right = Math.min(left + 1, width - 1);
        int bottom = Math.min(top + 1, height - 1);
        double a = z[top * width + left];
        double b = z[top * width + right];
        double c = z[bottom * width + left];
        double d = z[bottom * width + right];
        double nearest = Math.min(Math.min(a, b), Math.min(c, d));
        double farthest = Math.max(Math.max(a, b), Math.max(c, d));
        if (!(nearest > 0 && farthest <= nearest * (1 + EDGE))) {
            return Double.NaN;
        }
        double fx = x - left;
        double fy = y - top;
        return 1 / ((1 - fy) * ((1 - fx) / a + fx / b) + fy * ((1 - fx) / c + fx / d));
    }

    /** Writes the map as .npy, replacing the file. */
    public void write(Path file) throws IOException {
        String shape = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + height + ", " + width + "), }";
        int header = (MAGIC.length + 2 + shape.length() + 1 + 63) / 64 * 64;
        ByteBuffer bytes = ByteBuffer.allocate(header + 4 * z.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).putShort((short) (header - MAGIC.length - 2)).put(shape.getBytes(StandardCharsets.US_ASCII));
        while (bytes.position() < header - 1) {
            bytes.put((byte) ' ');
        }
        bytes.put((byte) '\n').asFloatBuffer().put(z);
        AtomicFile.write(file, out -> out.write(bytes.array()));
    }

    /**
     * Reads a map that {@link #write} or NumPy wrote.
     *
     * @throws DatasetException when the file is no .npy of two dimensions of '&lt;f4', or is cut
     */
    public static DepthMap read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 6; i++) {
            if (bytes.capacity() < 12 || bytes.get(i) != MAGIC[i]) {
                throw new DatasetException(file, "header", "no NumPy .npy file: render the scene again");
            }
        }
        boolean wide = bytes.get(6) > 1;
        int start = wide ? 12 : 10;
        long length = wide ? bytes.getInt(8) & 0xffffffffL : bytes.getShort(8) & 0xffff;
        if (start + length > bytes.capacity()) {
            throw new DatasetException(file, "header", "the file ends within its header: render the scene again");
        }
        String header = new String(bytes.array(), start, (int) length, StandardCharsets.US_ASCII);
        Matcher shape = SHAPE.matcher(header);
        if (!shape.find() || !header.contains("'<f4'") || header.contains("True")) {
            throw new DatasetException(file, "header", "a depth map holds '<f4' in C order and two dimensions, got "
                    + header.strip());
        }
        int height = Integer.parseInt(shape.group(1));
        int width = Integer.parseInt(shape.group(2));
        long held = (bytes.capacity() - start - length) / 4;
        if (width < 1 || height < 1 || held != (long) width * height) {
            throw new DatasetException(file, "data", String.format(Locale.ROOT,
                    "shape (%d, %d) needs %d numbers, the file holds %d: render the scene again", height, width,
                    (long) width * height, held));
        }
        float[] z = new float[width * height];
        bytes.position((int) (start + length)).asFloatBuffer().get(z);
        return new DepthMap(width, height, z);
    }
}
