package org.tiepoint.match;

/**
 * Collects the highest values of rows and of columns. Nearly all values matter to neither; one comparison finds that.
 *
 * @param forth by row, shared by all lanes
 * @param back  by column, of this lane
 */
record NeighborScan(Candidates forth, Candidates back) implements SimilarityBlocks.Scan {
    /** Rows for which the least threshold of the columns counts as unchanged. */
    private static final int ROWS = 32;

    @Override
    public void block(float[] block, int firstRow, int rows, int firstColumn, int columns) {
        float least = 0;
        for (int row = 0; row < rows; row++) {
            if (row % ROWS == 0) {
                least = back.leastThreshold(firstColumn, columns);
            }
            row(block, row * columns, firstRow + row, firstColumn, columns, least);
        }
    }

    private void row(float[] block, int at, int row, int firstColumn, int columns, float leastOfColumns) {
        float least = Math.min(leastOfColumns, forth.threshold(row));
        for (int c = 0; c < columns; c++) {
            float value = block[at + c];
            if (value > least) {
                if (value > forth.threshold(row)) {
                    forth.add(row, value, firstColumn + c);
                }
                if (value > back.threshold(firstColumn + c)) {
                    back.add(firstColumn + c, value, row);
                }
            }
        }
    }
}
