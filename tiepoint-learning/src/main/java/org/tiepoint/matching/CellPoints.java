package org.tiepoint.matching;

import java.util.random.RandomGenerator;

/** One random pixel in each square cell of an image: the points that PoSFeat and SCFeat learn descriptors at. */
public final class CellPoints {
    private CellPoints() {}

    /**
     * Draws a pixel in every whole cell, cells row by row from the top left; what is left over at the right and at the
     * bottom has none.
     *
     * @param cellSize side of a cell in pixels, at least 1; 16 in PoSFeat
     * @return n x 2, row-major: x and y; n = (width / cellSize) (height / cellSize)
     */
    public static float[] draw(int width, int height, int cellSize, RandomGenerator random) {
        if (cellSize < 1 || cellSize > Math.min(width, height)) {
            throw new IllegalArgumentException("cellSize is " + cellSize + ": it must be 1 to the shorter side of "
                    + width + "x" + height + " pixels");
        }
        int columns = width / cellSize;
        int rows = height / cellSize;
        float[] xy = new float[2 * rows * columns];
        for (int i = 0; i < rows * columns; i++) {
            xy[2 * i] = i % columns * cellSize + random.nextInt(cellSize);
            xy[2 * i + 1] = i / columns * cellSize + random.nextInt(cellSize);
        }
        return xy;
    }
}
