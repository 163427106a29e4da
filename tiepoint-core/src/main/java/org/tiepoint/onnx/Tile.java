package org.tiepoint.onnx;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tiepoint.feature.KeypointSelection;

/**
 * A part of an {@link InputFrame} that a network runs on at once. Tiles overlap; their cores do not, and cover the
 * frame together. Key points of the core are the tile's.
 *
 * @param left   of the tile in the frame, a multiple of the input's multiple, so that the network's strides fall on the
 *               same pixels as in the frame as a whole
 * @param top    likewise
 * @param width  without padding
 * @param height without padding
 * @param core   in pixels of the tile
 */
record Tile(InputFrame frame, int left, int top, int width, int height, KeypointSelection.Area core) {
    private static final float[] MEAN_COLOUR = {0.485f, 0.456f, 0.406f};
    private static final float[] LEVELS = levels();

    /** The tiles of a frame; one where the frame is small enough. */
    static List<Tile> of(InputFrame frame, OnnxExtractor.Tiling tiling) {
        if ((long) frame.paddedWidth() * frame.paddedHeight() <= tiling.maxPixels()) {
            return List.of(new Tile(frame, 0, 0, frame.width(), frame.height(),
                    KeypointSelection.Area.of(frame.width(), frame.height())));
        }
        int multiple = frame.input().multiple();
        int overlap = InputFrame.ceil(tiling.overlap(), multiple);
        int inner = Math.max(multiple, (int) Math.sqrt(tiling.maxPixels()) / multiple * multiple - 2 * overlap);
        int stepX = step(frame.width(), inner, overlap, multiple);
        int stepY = step(frame.height(), inner, overlap, multiple);
        List<Tile> tiles = new ArrayList<>();
        for (int y = 0; y < frame.height(); y += stepY) {
            for (int x = 0; x < frame.width(); x += stepX) {
                tiles.add(around(frame, x, y, Math.min(frame.width(), x + stepX), Math.min(frame.height(), y + stepY),
                        overlap));
            }
        }
        return tiles;
    }

    /** The side of cores: as few as possible along a side of the frame, of equal size. Those at an end overlap once. */
    private static int step(int side, int inner, int overlap, int multiple) {
        int count = Math.max(1, (side - 2 * overlap + inner - 1) / inner);
        return InputFrame.ceil((side + count - 1) / count, multiple);
    }

    private static Tile around(InputFrame frame, int coreLeft, int coreTop, int coreRight, int coreBottom,
            int overlap) {
        int left = Math.max(0, coreLeft - overlap);
        int top = Math.max(0, coreTop - overlap);
        return new Tile(frame, left, top, Math.min(frame.width(), coreRight + overlap) - left,
                Math.min(frame.height(), coreBottom + overlap) - top, new KeypointSelection.Area(coreLeft - left,
                        coreTop - top, coreRight - left, coreBottom - top));
    }

    int paddedWidth() {
        return InputFrame.padded(width, frame.input());
    }

    int paddedHeight() {
        return InputFrame.padded(height, frame.input());
    }

    /** Whether a position in the frame is the core's. */
    boolean owns(double x, double y) {
        return core.contains(ownPixel(x, frame.width()) - left, ownPixel(y, frame.height()) - top);
    }

    /** Whether a position in the frame is within two pixels of the core's edge. */
    boolean isAtSeam(double x, double y) {
        double outside = Math.max(Math.max(left + core.left() - x, x - left - core.right()),
                Math.max(top + core.top() - y, y - top - core.bottom()));
        return Math.abs(outside) <= 2;
    }

    private static int ownPixel(double position, int side) {
        return (int) Math.max(0, Math.min(side - 1, Math.round(position)));
    }

    /**
     * Writes 3 x paddedHeight x paddedWidth, red, green and blue from 0 to 1.
     *
     * @param planes of that size
     */
    void write(FloatBuffer planes) {
        float[][] rows = new float[3][paddedWidth()];
        byte[] rgb = frame.image().rgb();
        boolean mean = frame.input().padding() == ModelCard.Padding.MEAN_COLOUR;
        for (int y = 0; y < paddedHeight(); y++) {
            boolean below = y >= height;
            int from = 3 * ((top + Math.min(y, height - 1)) * frame.width() + left);
            for (int c = 0; c < 3; c++) {
                float[] row = rows[c];
                for (int x = 0, at = from + c; x < width; x++, at += 3) {
                    row[x] = LEVELS[rgb[at] & 0xFF];
                }
                Arrays.fill(row, below && mean ? 0 : width, row.length, mean ? MEAN_COLOUR[c] : row[width - 1]);
                planes.put((c * paddedHeight() + y) * row.length, row);
            }
        }
    }

    private static float[] levels() {
        float[] levels = new float[256];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = i / 255f;
        }
        return levels;
    }

    /** Where a position in the frame lies on a map of the tile. */
    double onMapX(double x, ModelCard.Sampling sampling, int stride, int mapWidth) {
        return onMap(x, left, frame.paddedWidth(), paddedWidth(), sampling, stride, mapWidth);
    }

    /** Where a position in the frame lies on a map of the tile. */
    double onMapY(double y, ModelCard.Sampling sampling, int stride, int mapHeight) {
        return onMap(y, top, frame.paddedHeight(), paddedHeight(), sampling, stride, mapHeight);
    }

    /** A map with aligned edges is cut out of the frame's; one with aligned corners is aligned to the tile's. */
    private static double onMap(double position, int from, int frameSide, int side, ModelCard.Sampling sampling,
            int stride, int mapSide) {
        return side == frameSide || sampling == ModelCard.Sampling.CORNERS_ALIGNED
                ? sampling.onMap(position - from, side, mapSide)
                : sampling.onMap(position, frameSide, frameSide / stride) - (double) from / stride;
    }
}
