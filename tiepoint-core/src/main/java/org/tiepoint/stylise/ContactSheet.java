package org.tiepoint.stylise;

import java.util.Arrays;
import java.util.List;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageResizer;

/** Small pictures in rows and columns on grey. */
public final class ContactSheet {
    private static final int GAP = 4;
    private static final byte GROUND = 64;

    private ContactSheet() {}

    /**
     * Lays pictures out; each is shrunk to fit its cell.
     *
     * @param rows of any lengths, at least one picture in all
     * @param side of a cell in pixels
     */
    public static Image of(List<List<Image>> rows, int side) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        if (columns == 0 || side < 1) {
            throw new IllegalArgumentException("a sheet needs pictures and cells: " + rows.size() + " rows of up to "
                    + columns + ", cells of " + side);
        }
        int width = columns * (side + GAP) + GAP;
        int height = rows.size() * (side + GAP) + GAP;
        byte[] rgb = new byte[3 * width * height];
        Arrays.fill(rgb, GROUND);
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < rows.get(row).size(); column++) {
                Image cell = fit(rows.get(row).get(column), side);
                int left = GAP + column * (side + GAP) + (side - cell.width()) / 2;
                int top = GAP + row * (side + GAP) + (side - cell.height()) / 2;
                for (int y = 0; y < cell.height(); y++) {
                    System.arraycopy(cell.rgb(), 3 * y * cell.width(), rgb, 3 * ((top + y) * width + left),
                            3 * cell.width());
                }
            }
        }
        return new Image(width, height, rgb);
    }

    private static Image fit(Image image, int side) {
        double scale = Math.min(1, (double) side / Math.max(image.width(), image.height()));
        return ImageResizer.resize(image, Math.max(1, (int) (image.width() * scale)),
                Math.max(1, (int) (image.height() * scale)));
    }
}
