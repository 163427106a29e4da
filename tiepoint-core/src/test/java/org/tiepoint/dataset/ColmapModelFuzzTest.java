package org.tiepoint.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.ColmapModel.ColmapCamera;
import org.tiepoint.dataset.ColmapModel.Point;
import org.tiepoint.dataset.ColmapModel.View;
import org.tiepoint.geometry.CameraModel;

/**
 * Damaged models, binary and text: a model or a {@link DatasetException} of one line comes out, nothing else.
 * -Dtiepoint.fuzz=10000 tries more.
 */
class ColmapModelFuzzTest {
    private static final int INPUTS = Integer.getInteger("tiepoint.fuzz", 600);

    @TempDir
    Path folder;

    private static ColmapModel model() {
        double[] q = {0.5, -0.5, 0.5, 0.5};
        View first = new View(7, "sub/a.jpg", 3, q, new double[] {1, 2, 3}, new double[] {1.5, 2.5, 3, 4},
                new long[] {12, ColmapModel.NO_POINT});
        View second = new View(2, "c.png", 4, q, new double[] {0, 1, 2}, new double[] {8, 9}, new long[] {12});
        Point point = new Point(12, new double[] {1, 2, 3}, new int[] {255, 0, 128}, 0.25, new int[] {7, 0, 2, 0});
        return new ColmapModel(List.of(
                new ColmapCamera(3, CameraModel.OPENCV, 64, 48, new double[] {50, 51, 32, 24, 0.1, 0, 0, 0}),
                new ColmapCamera(4, CameraModel.SIMPLE_PINHOLE, 64, 48, new double[] {50, 32, 24})),
                List.of(first, second), Optional.of(List.of(point)));
    }

    @Test
    void readsOrRefusesDamagedModels() throws IOException {
        Path binary = folder.resolve("binary");
        Path text = folder.resolve("text");
        ColmapModelWriter.writeBinary(model(), binary);
        ColmapModelWriter.writeText(model(), text);
        Random random = new Random(29);
        int read = 0;
        for (int i = 0; i < INPUTS; i++) {
            Path model = i % 3 == 0 ? text : binary;
            Path file = model.resolve(List.of("cameras", "images", "points3D").get(random.nextInt(3))
                    + (model == text ? ".txt" : ".bin"));
            byte[] whole = Files.readAllBytes(file);
            byte[] damaged = damage(whole, random);
            Files.write(file, damaged);
            try {
                ColmapModel found = ColmapModel.read(model);
                found.images().forEach(image -> image.pose().centre());
                read++;
            } catch (DatasetException e) {
                assertEquals(1, e.getMessage().lines().count(), e.getMessage());
                assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
            } catch (IOException | RuntimeException | Error e) {
                Path kept = Files.write(Files.createTempFile("tiepoint-fuzz", file.getFileName().toString()), damaged);
                fail("input " + i + ", kept as " + kept, e);
            }
            Files.write(file, whole);
        }
        assertTrue(read > INPUTS / 50 && read < INPUTS, "read " + read + " of " + INPUTS);
    }

    private static byte[] damage(byte[] whole, Random random) {
        byte[] file = whole.clone();
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            int at = random.nextInt(file.length);
            int length = Math.min(1 + random.nextInt(8), file.length - at);
            switch (random.nextInt(6)) {
                case 0 -> file[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> file[at] = (byte) random.nextInt(256);
                case 2 -> Arrays.fill(file, at, at + length, (byte) (random.nextBoolean() ? 0 : 0xFF));
                case 3 -> file = Arrays.copyOf(file, Math.max(1, at));
                case 4 -> {
                    if (at + 8 <= file.length) {
                        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(at, random.nextLong());
                    }
                }
                default -> file = Arrays.copyOf(file, file.length + length);
            }
        }
        return file;
    }
}
