package org.tiepoint.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.ColmapModel.ColmapCamera;
import org.tiepoint.dataset.ColmapModel.Point;
import org.tiepoint.dataset.ColmapModel.View;
import org.tiepoint.geometry.CameraModel;
import org.tiepoint.testing.SharedFiles;

class ColmapModelWriterTest {
    private static final List<String> BINARY = List.of("cameras.bin", "images.bin", "points3D.bin");
    private static final List<String> TEXT = List.of("cameras.txt", "images.txt", "points3D.txt");

    @TempDir
    Path folder;

    private static ColmapModel model() {
        Random random = new Random(8);
        double[] q = {0.5, -0.5, 0.5, 0.5};
        View first = new View(7, "sub/a b.jpg", 3, q, random.doubles(3).toArray(), random.doubles(6).toArray(),
                new long[] {12, ColmapModel.NO_POINT, 5_000_000_000L});
        View second = new View(2, "c.png", 3, new double[] {1, 0, 0, 0}, new double[] {0, -0.0, 1e-300},
                new double[0], new long[0]);
        Point point = new Point(12, new double[] {1e22, -1.0 / 3, 4e-7}, new int[] {255, 0, 128}, 0.25,
                new int[] {7, 0, 2, 9});
        Point unseen = new Point(5_000_000_000L, new double[] {1, 2, 3}, new int[] {1, 2, 3}, Double.NaN, new int[0]);
        return new ColmapModel(List.of(new ColmapCamera(3, CameraModel.OPENCV, 64, 48,
                new double[] {50.1, 51, 32, 24, 0.1, 1e-5, 0, -2e-4})), List.of(first, second),
                Optional.of(List.of(point, unseen)));
    }

    @Test
    void keepsEveryBitInBinaryAndText() throws IOException {
        ColmapModelWriter.writeBinary(model(), folder.resolve("a"));
        ColmapModel read = ColmapModel.read(folder.resolve("a"));
        ColmapModelWriter.writeText(read, folder.resolve("b"));
        ColmapModelWriter.writeBinary(ColmapModel.read(folder.resolve("b")), folder.resolve("c"));
        requireSame(BINARY, folder.resolve("a"), folder.resolve("c"));
        View view = read.images().get(0);
        assertEquals(2, view.observations());
        assertArrayEquals(model().images().get(0).points2d(), view.points2d());
        assertEquals(31.5, read.cameras().get(0).camera().cx());
    }

    @Test
    void writesTextAsColmapDoes() throws IOException {
        ColmapModelWriter.writeText(model(), folder);
        List<String> cameras = Files.readAllLines(folder.resolve("cameras.txt"));
        assertEquals("# Number of cameras: 1", cameras.get(2));
        assertEquals("3 OPENCV 64 48 50.100000000000001 51 32 24 0.10000000000000001 1.0000000000000001e-05 0"
                + " -0.00020000000000000001", cameras.get(3));
        List<String> images = Files.readAllLines(folder.resolve("images.txt"));
        assertEquals("# Number of images: 2, mean observations per image: 1", images.get(3));
        assertEquals("2 1 0 0 0 0 -0 1e-300 3 c.png", images.get(6));
        assertEquals("", images.get(7));
        List<String> points = Files.readAllLines(folder.resolve("points3D.txt"));
        assertEquals("# Number of points: 2, mean track length: 1", points.get(2));
        assertEquals("12 1e+22 -0.33333333333333331 3.9999999999999998e-07 255 0 128 0.25 7 0 2 9", points.get(3));
        assertEquals("5000000000 1 2 3 1 2 3 nan", points.get(4));
    }

    @Test
    void aModelOfColmapsOwnInTextKeepsItsNumbers() throws IOException {
        Path own = SharedFiles.data("posed/colmap/lund-door/sparse");
        ColmapModel text = ColmapModel.read(own);
        ColmapModelWriter.writeBinary(text, folder.resolve("bin"));
        ColmapModelWriter.writeText(ColmapModel.read(folder.resolve("bin")), folder.resolve("txt"));
        ColmapModelWriter.writeText(text, folder.resolve("direct"));
        requireSame(TEXT, folder.resolve("direct"), folder.resolve("txt"));
        assertEquals(12, text.images().size());
        assertEquals(text.points().orElseThrow().stream().mapToInt(Point::trackLength).sum(),
                text.images().stream().mapToInt(View::observations).sum());
    }

    private static void requireSame(List<String> names, Path a, Path b) throws IOException {
        for (String name : names) {
            assertEquals(-1, Files.mismatch(a.resolve(name), b.resolve(name)), name);
        }
    }
}
