package org.tiepoint.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tiepoint.feature.KeypointSelection;
import org.tiepoint.image.Image;
import org.tiepoint.image.TestImages;

class TileTest {
    private static final int[][] SIZES = {{2048, 2048}, {2049, 2048}, {5000, 3000}, {12000, 700}, {300, 9000}};

    private static InputFrame frame(int width, int height, ModelCard.Padding padding) {
        ModelCard.Input input = new ModelCard.Input("image", ModelCard.Input.RGB, ModelCard.Input.INSIDE, 32, 32,
                padding);
        return InputFrame.of(TestImages.blobs(width, height, 1), input, Math.max(width, height));
    }

    private static InputFrame frame(int width, int height) {
        ModelCard.Input input = new ModelCard.Input("image", ModelCard.Input.RGB, ModelCard.Input.INSIDE, 32, 32,
                ModelCard.Padding.BORDER);
        return InputFrame.of(new Image(width, height, new byte[3 * width * height]), input, Math.max(width, height));
    }

    @Test
    void coresCoverTheFrameOnceAndTilesStayWithinTheLimit() {
        OnnxExtractor.Tiling tiling = new OnnxExtractor.Tiling(1024 * 1024, 100);
        for (int[] size : SIZES) {
            InputFrame frame = frame(size[0], size[1]);
            List<Tile> tiles = Tile.of(frame, tiling);
            byte[] covered = new byte[size[0] * size[1]];
            for (Tile tile : tiles) {
                assertEquals(0, tile.left() % 32);
                assertEquals(0, tile.top() % 32);
                assertTrue((long) tile.paddedWidth() * tile.paddedHeight() <= 1024 * 1024, tile + "");
                KeypointSelection.Area core = tile.core();
                assertTrue(core.left() >= 100 || tile.left() == 0);
                assertTrue(core.top() >= 100 || tile.top() == 0);
                assertTrue(tile.width() - core.right() >= 100 || tile.left() + tile.width() == size[0]);
                assertTrue(tile.height() - core.bottom() >= 100 || tile.top() + tile.height() == size[1]);
                for (int y = core.top(); y < core.bottom(); y++) {
                    for (int x = core.left(); x < core.right(); x++) {
                        covered[(tile.top() + y) * size[0] + tile.left() + x]++;
                    }
                }
            }
            for (int i = 0; i < covered.length; i++) {
                assertEquals(1, covered[i]);
            }
        }
    }

    @Test
    void smallFramesAreOneTile() {
        assertEquals(1, Tile.of(frame(1728, 1728), OnnxExtractor.Tiling.defaults()).size());
        assertEquals(2, Tile.of(frame(1729, 1728), OnnxExtractor.Tiling.defaults()).size());
    }

    @Test
    void eachPositionHasOneOwner() {
        List<Tile> tiles = Tile.of(frame(700, 500), new OnnxExtractor.Tiling(256 * 256, 32));
        assertTrue(tiles.size() > 4);
        for (double x = -3; x < 703; x += 7.25) {
            for (double y = -3; y < 503; y += 3.5) {
                double atX = x;
                double atY = y;
                assertEquals(1, tiles.stream().filter(tile -> tile.owns(atX, atY)).count());
            }
        }
    }

    /** As one pixel after the other. */
    @Test
    void writesThePixelsWithTheirPadding() {
        for (ModelCard.Padding padding : ModelCard.Padding.values()) {
            InputFrame frame = frame(333, 301, padding);
            for (Tile tile : Tile.of(frame, new OnnxExtractor.Tiling(256 * 256, 32))) {
                int width = tile.paddedWidth();
                int height = tile.paddedHeight();
                float[] expected = new float[3 * width * height];
                for (int c = 0; c < 3; c++) {
                    for (int i = 0; i < width * height; i++) {
                        int x = i % width;
                        int y = i / width;
                        boolean mean = padding == ModelCard.Padding.MEAN_COLOUR
                                && (x >= tile.width() || y >= tile.height());
                        int at = (tile.top() + Math.min(y, tile.height() - 1)) * frame.width() + tile.left()
                                + Math.min(x, tile.width() - 1);
                        expected[c * width * height + i] = mean ? new float[] {0.485f, 0.456f, 0.406f}[c]
                                : (frame.image().rgb()[3 * at + c] & 0xFF) / 255f;
                    }
                }
                FloatBuffer planes = FloatBuffer.allocate(expected.length);
                tile.write(planes);
                assertArrayEquals(expected, planes.array());
            }
        }
    }
}
