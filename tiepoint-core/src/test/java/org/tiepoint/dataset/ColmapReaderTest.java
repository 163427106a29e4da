package org.tiepoint.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tiepoint.dataset.ColmapFiles.CAMERAS;
import static org.tiepoint.dataset.ColmapFiles.IMAGES;
import static org.tiepoint.dataset.ColmapFiles.POINTS;
import static org.tiepoint.dataset.DatasetErrors.assertRefused;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tiepoint.dataset.ColmapFiles.CameraRow;
import org.tiepoint.dataset.ColmapFiles.ImageRow;
import org.tiepoint.dataset.ColmapFiles.PointRow;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.CameraModel;

class ColmapReaderTest {
    @TempDir
    Path root;
    private Path scene;
    private Path model;

    @BeforeEach
    void photos() throws IOException {
        scene = root.resolve("scene");
        model = scene.resolve("sparse/0");
        ColmapFiles.photos(scene.resolve("images"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsTextAndBinary(boolean binary) throws IOException {
        write(binary);
        PosedCollection read = ColmapReader.read(scene);

        assertEquals("scene", read.name());
        assertEquals(List.of("a.png", "sub/b c.png", "d.png"), read.images().stream().map(PosedImage::name).toList());
        assertEquals(CameraModel.SIMPLE_PINHOLE, read.images().get(0).camera().model());
        assertArrayEquals(new double[] {20, 7.5, 5.5}, read.images().get(0).camera().parameters());
        PosedImage b = read.images().get(1);
        assertEquals(scene.resolve("images/sub/b c.png"), b.file());
        assertArrayEquals(new double[] {20, 21, 7.75, 6}, b.camera().parameters());
        assertArrayEquals(new double[] {0, 0, 1, 1, 0, 0, 0, 1, 0}, b.pose().rotation(), 1e-12);
        assertArrayEquals(new double[] {1, 2, 3}, b.pose().translation());
        assertArrayEquals(new double[] {0.01, -0.002, 0.001, 0.0005, 0.003, 0.004, 0.005, 0.006},
                read.images().get(2).camera().distortion());
        SparsePoints points = read.points().orElseThrow();
        assertArrayEquals(new double[] {0.5, -0.25, 4, 1, 2, 3}, points.xyz());
        assertArrayEquals(new int[][] {{0, 2}, {0, 1}}, points.tracks());
        assertTrue(read.pairs().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsEveryLensModelWithThePixelOriginMoved(boolean binary) throws IOException {
        for (CameraRow row : CAMERAS) {
            List<ImageRow> images = List.of(new ImageRow(1, new double[] {1, 0, 0, 0}, new double[3], row.id(),
                    "a.png", 0));
            write(binary, CAMERAS, images, List.of());
            Camera camera = ColmapReader.read(scene).images().get(0).camera();

            assertEquals(row.model(), camera.model());
            double[] expected = row.parameters().clone();
            int cx = row.model().parameterNames().indexOf("cx");
            expected[cx] -= 0.5;
            expected[cx + 1] -= 0.5;
            assertArrayEquals(expected, camera.parameters());
        }
    }

    @Test
    void takesTheModelFolderItself() throws IOException {
        write(true);
        PosedCollection read = ColmapReader.read(model);
        assertEquals("scene", read.name());
        assertEquals(scene.resolve("images/a.png"), read.images().get(0).file());
    }

    @Test
    void prefersBinaryAndNamesSeveralModelsApart() throws IOException {
        write(false, CAMERAS, IMAGES.subList(0, 1), List.of());
        write(true, CAMERAS, IMAGES.subList(0, 2), List.of());
        model = scene.resolve("sparse/1");
        write(false, CAMERAS, IMAGES.subList(2, 3), List.of());
        List<PosedCollection> all = PosedCollections.open(root);

        assertEquals(List.of("scene-0", "scene-1"), all.stream().map(PosedCollection::name).toList());
        assertEquals(List.of(2, 1), all.stream().map(c -> c.images().size()).toList());
        assertTrue(all.get(0).points().isEmpty());
    }

    @Test
    void countsMissingPhotos() throws IOException {
        write(true);
        Files.delete(scene.resolve("images/d.png"));
        assertRefused(() -> ColmapReader.read(scene), "images.bin", "1 of 3", "d.png");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "cameras.txt | 3 SIMPLE_PINHOLE | 3 FOV | line 3|FOV|image_undistorter|SIMPLE_RADIAL",
        "cameras.txt | 16 12 20.0 8.0 6.0 | 16 12 0 8.0 6.0 | line 3|focal length f|0.0|above 0",
        "cameras.txt | 16 12 20.0 8.0 6.0 | 16 12 20 8.0 | line 3|6 fields|needs 7|SIMPLE_PINHOLE WIDTH HEIGHT f cx cy",
        "cameras.txt | 16 12 20.0 8.0 6.0 | 16 12 20 8.0 6.0 1 | line 3|3 parameters|got 4|SIMPLE_PINHOLE",
        "cameras.txt | 16 12 20.0 8.0 6.0 | 16 12 NaN 8.0 6.0 | line 3|PARAMS[0]|NaN|finite",
        "cameras.txt | 1 PINHOLE | 3 PINHOLE | line 4|CAMERA_ID 3|second time|remove",
        "cameras.txt | 11 FULL_OPENCV | 12 FULL_OPENCV | images.txt|d.png|CAMERA_ID is 11|does not list",
        "images.txt | 0.5 0.5 0.5 0.5 | 0.5 0.5 0.5 1.5 | line 5|no rotation|length|must be 1",
        "images.txt | 1.0 2.0 3.0 | 1.0 inf 3.0 | line 5|T[1]|inf|finite",
        "images.txt | sub/b c.png | a.png | line 5|'a.png'|second time|remove",
        "images.txt | 2 0.5 | 5 0.5 | image sub/b c.png|IMAGE_ID 5|second time|again",
        "images.txt | images: 3 | images: 4 | line 8|3 records|says 4|cut",
        "points3D.txt | points: 2 | points: 3 | line 4|2 records|says 3|cut",
        "points3D.txt | 2 0 5 0 | 2 0 5 | line 4|half a track|cut|again",
        "points3D.txt | 2 0 5 0 | 2 0 4 0 | point 1|IMAGE_ID 4|does not list|again",
        "points3D.txt | 0.5 -0.25 4.0 | 0.5 x 4.0 | line 3|XYZ[1]|'x'|finite"})
    void refusesTextThatCannotBeUsed(String file, String from, String to, String a, String b, String c, String d)
            throws IOException {
        write(false);
        Path changed = model.resolve(file);
        String before = Files.readString(changed);
        assertTrue(before.contains(from), before);
        Files.writeString(changed, before.replace(from, to));
        assertRefused(() -> ColmapReader.read(scene), a, b, c, d);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cameras.bin", "images.bin", "points3D.bin"})
    void refusesABinaryFileCutAnywhere(String name) throws IOException {
        write(true);
        Path file = model.resolve(name);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += length < 8 ? 1 : 7) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertRefused(() -> ColmapReader.read(scene), name, "byte ", "cut");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cameras.txt", "images.txt", "points3D.txt"})
    void refusesATextFileCutBetweenRecords(String name) throws IOException {
        write(false);
        Path file = model.resolve(name);
        String whole = Files.readString(file);
        Files.writeString(file, whole.substring(0, whole.lastIndexOf('\n', whole.stripTrailing().length() - 1) - 20));
        assertRefused(() -> ColmapReader.read(scene), name, "line ", "cut");
    }

    @ParameterizedTest
    @CsvSource({"cameras.bin, 0", "images.bin, 0", "images.bin, 78", "points3D.bin, 0", "points3D.bin, 51"})
    void refusesHostileCountsWithoutAllocating(String name, int offset) throws IOException {
        write(true);
        Path file = model.resolve(name);
        byte[] whole = Files.readAllBytes(file);
        for (long count : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, 1L << 40}) {
            byte[] hostile = whole.clone();
            ByteBuffer.wrap(hostile).order(ByteOrder.LITTLE_ENDIAN).putLong(offset, count);
            Files.write(file, hostile);
            assertRefused(() -> ColmapReader.read(scene), name, Long.toUnsignedString(count), "bytes left");
        }
    }

    @Test
    void survivesAnySingleDamagedByte() throws IOException {
        write(true);
        for (String name : List.of("cameras.bin", "images.bin", "points3D.bin")) {
            Path file = model.resolve(name);
            byte[] whole = Files.readAllBytes(file);
            for (int i = 0; i < whole.length; i++) {
                byte[] damaged = whole.clone();
                damaged[i] ^= (byte) 0xFF;
                Files.write(file, damaged);
                try {
                    ColmapReader.read(scene);
                } catch (DatasetException e) {
                    assertTrue(e.getMessage().contains(model.toString()), e.getMessage());
                }
            }
            Files.write(file, whole);
        }
    }

    @Test
    void refusesUnknownBinaryModelsAndLeftoverBytes() throws IOException {
        write(true);
        Path file = model.resolve("cameras.bin");
        byte[] whole = Files.readAllBytes(file);
        byte[] changed = whole.clone();
        changed[12] = 10;
        Files.write(file, changed);
        assertRefused(() -> ColmapReader.read(scene), "camera 0", "THIN_PRISM_FISHEYE", "not supported");
        changed[12] = 99;
        Files.write(file, changed);
        assertRefused(() -> ColmapReader.read(scene), "camera 0", "number 99", "not supported");
        Files.write(file, Arrays.copyOf(whole, whole.length + 3));
        assertRefused(() -> ColmapReader.read(scene), "3 bytes follow", "damaged");
    }

    @Test
    void refusesAFolderWithoutAModel() {
        assertRefused(() -> ColmapReader.read(scene), "no COLMAP model", "sparse/0/");
    }

    private void write(boolean binary) throws IOException {
        write(binary, CAMERAS, IMAGES, POINTS);
    }

    private void write(boolean binary, List<CameraRow> cameras, List<ImageRow> images, List<PointRow> points)
            throws IOException {
        if (binary) {
            ColmapFiles.binary(model, cameras, images, points);
        } else {
            ColmapFiles.text(model, cameras, images, points);
        }
    }
}
