package org.tiepoint.objective.photo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageWriter;
import org.tiepoint.network.PatchNet;
import org.tiepoint.recipe.Mining;
import org.tiepoint.retrieval.GlobalDescriptor;
import org.tiepoint.tensor.Device;

class SimilarPhotoTableTest {
    private static final int EVERY = 10;
    /** Two photos each of a red, a dark red and a blue scene, and one more of the blue one. */
    private static final int[][] COLOURS = {{255, 0, 0}, {250, 5, 0}, {200, 50, 0}, {195, 60, 0}, {0, 0, 255},
        {0, 10, 250}, {60, 60, 240}};

    @TempDir
    Path folder;

    private final List<Photo> photos = new ArrayList<>();

    /** The mean colour, and how often it was asked. */
    private static final class MeanColour implements GlobalDescriptor {
        private int calls;

        @Override
        public float[] describe(Image image) {
            calls++;
            float[] rgb = {image.rgb()[0] & 0xff, image.rgb()[1] & 0xff, image.rgb()[2] & 0xff};
            float norm = (float) Math.sqrt(rgb[0] * rgb[0] + rgb[1] * rgb[1] + rgb[2] * rgb[2]);
            return new float[] {rgb[0] / norm, rgb[1] / norm, rgb[2] / norm};
        }

        @Override
        public int dimension() {
            return 3;
        }
    }

    @BeforeEach
    void writes() throws IOException {
        for (int i = 0; i < COLOURS.length; i++) {
            byte[] rgb = new byte[3 * 32 * 32];
            for (int j = 0; j < rgb.length; j++) {
                rgb[j] = (byte) COLOURS[i][j % 3];
            }
            Path file = folder.resolve(i + ".png");
            ImageWriter.writePng(new Image(32, 32, rgb), file);
            photos.add(new Photo("scene" + Math.min(i / 2, 2), i + ".png", file, Optional.empty()));
        }
    }

    @Test
    void photosOfOtherScenesThatLookAlikeAreFoundFromTheSecondPeriodOn() throws IOException {
        MeanColour colour = new MeanColour();
        try (PatchNet unused = new PatchNet(new PatchNet.Options(4, 1), 1, Device.CPU);
                SimilarPhotoTable table = new SimilarPhotoTable(photos, new Mining(2, EVERY), Optional.of(colour))) {
            table.update(unused, 0);
            for (int[] row : table.at(EVERY - 1)) {
                assertEquals(0, row.length);
            }
            int[][] found = table.at(EVERY);
            assertArrayEquals(new int[] {2, 3}, found[0]);
            assertArrayEquals(new int[] {1, 0}, found[2]);
            assertEquals(3, found[6][0]);
            // a given descriptor does not change: it is asked once
            table.update(unused, EVERY);
            assertArrayEquals(found[0], table.at(2 * EVERY + 3)[0]);
            assertEquals(COLOURS.length, colour.calls);
        }
    }

    @Test
    void theNetworkInTrainingIsAskedAgain() throws IOException {
        try (PatchNet network = new PatchNet(new PatchNet.Options(4, 2), 1, Device.CPU);
                SimilarPhotoTable table = new SimilarPhotoTable(photos, new Mining(1, EVERY), Optional.empty())) {
            table.update(network, 0);
            int[][] first = table.at(EVERY);
            for (int i = 0; i < first.length; i++) {
                assertEquals(1, first[i].length);
                assertEquals(false, photos.get(first[i][0]).scene().equals(photos.get(i).scene()));
            }
            table.update(network, EVERY + 1);
            assertEquals(0, table.at(2 * EVERY)[0].length);
            table.update(network, EVERY);
            assertArrayEquals(first, table.at(2 * EVERY));
        }
    }
}
