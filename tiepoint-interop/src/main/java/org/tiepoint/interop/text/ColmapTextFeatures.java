package org.tiepoint.interop.text;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.file.AtomicFile;

/**
 * Writes the text that COLMAP's {@code feature_importer} reads, one file IMAGE.txt an image: the number of key points and
 * 128, then a line a key point of x, y, scale, orientation and 128 numbers from 0 to 255. (0, 0) is the corner of the
 * top-left pixel there, so 0.5 is added here; the scale is half the diameter, the orientation in radians (0 where there
 * is none).
 *
 * <p>COLMAP takes nothing but 128 unsigned bytes and compares them as SIFT's. Descriptors of 128 numbers that are all
 * non-negative (SIFT, RootSIFT) are scaled to length 512 and rounded, as COLMAP's own. All others, learned ones among
 * them, cannot be kept: their lines have 128 zeros, COLMAP gets the key points alone, and matches must be given to it
 * beside them.
 */
public final class ColmapTextFeatures {
    private static final int DIMENSION = 128;
    private static final float LENGTH = 512;

    private ColmapTextFeatures() {}

    /**
     * Writes a file, whole or not at all. No key points at all is a normal input.
     *
     * @throws IOException naming the file and the cause; a file that was there before is unchanged
     */
    public static void write(Path file, Features features) throws IOException {
        AtomicFile.write(file, out -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.US_ASCII));
            write(writer, features);
            writer.flush();
        });
    }

    /** Whether the descriptors can be kept: 128 numbers, none below 0. */
    public static boolean keepsDescriptors(Features features) {
        if (features.dimension() != DIMENSION) {
            return false;
        }
        for (float value : features.descriptors()) {
            if (!(value >= 0)) {
                return false;
            }
        }
        return true;
    }

    private static void write(Writer writer, Features features) throws IOException {
        Keypoints points = features.keypoints();
        boolean keeps = keepsDescriptors(features);
        writer.write(points.count() + " " + DIMENSION + "\n");
        for (int i = 0; i < points.count(); i++) {
            double angle = points.angles()[i] < 0 ? 0 : Math.toRadians(points.angles()[i]);
            writer.write((points.x(i) + 0.5f) + " " + (points.y(i) + 0.5f) + " " + points.sizes()[i] / 2 + " "
                    + (float) angle);
            float scale = keeps ? scale(features.descriptors(), i) : 0;
            for (int j = 0; j < DIMENSION; j++) {
                int value = keeps ? Math.min(255, Math.round(scale * features.descriptors()[i * DIMENSION + j])) : 0;
                writer.write(' ');
                writer.write(Integer.toString(value));
            }
            writer.write('\n');
        }
    }

    private static float scale(float[] descriptors, int row) {
        double sum = 0;
        for (int j = row * DIMENSION; j < (row + 1) * DIMENSION; j++) {
            sum += (double) descriptors[j] * descriptors[j];
        }
        return sum > 0 ? (float) (LENGTH / Math.sqrt(sum)) : 0;
    }
}
