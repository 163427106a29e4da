package org.tiepoint.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Pose;

class PoseListTest {
    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadBackInTheAachenForm() throws IOException {
        Map<String, Pose> poses = new LinkedHashMap<>();
        for (PosedImage image : TestScenes.ring(5, 40, 3).images()) {
            poses.put("query/" + image.name(), image.pose());
        }
        Path file = folder.resolve("poses.txt");
        PoseList.write(file, poses);
        Map<String, Pose> read = PoseList.read(file);
        assertEquals(new ArrayList<>(poses.keySet()), new ArrayList<>(read.keySet()));
        poses.forEach((name, pose) -> {
            assertArrayEquals(pose.rotation(), read.get(name).rotation(), 1e-15);
            assertArrayEquals(pose.translation(), read.get(name).translation());
        });
        assertEquals("query/0.png 1.0 0.0 0.0 0.0 0.0 0.0 3.0", Files.readAllLines(file).get(0).replace("-0.0", "0.0"));
    }

    @Test
    void errorsNameTheLine() throws IOException {
        refuse("a 1 0 0 0 1 2 3\nb 1 0 0 0 1 2\n", "line 2", "needs 8");
        refuse("a 1 0 0 0 1 2 3\na 1 0 0 0 1 2 3\n", "line 2", "second time");
        refuse("a 1 0 x 0 1 2 3\n", "line 1", "'x'");
        refuse("a 5 0 0 0 1 2 3\n", "line 1", "must be 1");
        DatasetErrors.assertRefused(() -> PoseList.write(folder.resolve("w.txt"),
                Map.of("my photo", TestScenes.ring(1, 1, 1).images().get(0).pose())), "my photo", "rename");
        assertFalse(Files.exists(folder.resolve("w.txt")));
    }

    private void refuse(String text, String... parts) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.txt"), text);
        DatasetErrors.assertRefused(() -> PoseList.read(file), parts);
    }

    @Test
    void camerasAreMovedToOurPixels() throws IOException {
        Path file = Files.writeString(folder.resolve("cameras.txt"),
                "q/1.jpg SIMPLE_RADIAL 1600 1200 1469.2 800 600 -0.0353\nq/2.jpg PINHOLE 640 480 500 501 320 240\n");
        Map<String, Camera> cameras = CameraList.read(file);
        assertEquals(List.of("q/1.jpg", "q/2.jpg"), new ArrayList<>(cameras.keySet()));
        assertArrayEquals(new double[] {1469.2, 799.5, 599.5, -0.0353}, cameras.get("q/1.jpg").parameters());
        assertEquals(239.5, cameras.get("q/2.jpg").cy());
        for (String bad : List.of("a FOV 1 1 1 1 1 1", "a PINHOLE 640 480 500 501 320", "a PINHOLE x 480 1 1 1 1",
                "a PINHOLE 640 480 -5 501 320 240")) {
            Path wrong = Files.writeString(folder.resolve("wrong.txt"), "# list\n" + bad + "\n");
            DatasetErrors.assertRefused(() -> CameraList.read(wrong), "line 2");
        }
    }

    @Test
    void mutatedFilesAreReadOrRefused() throws IOException {
        String poses = "a/1.jpg 1 0 0 0 1 2 3\nb 0.5 0.5 -0.5 0.5 1e3 -2 0\n";
        String cameras = "a PINHOLE 640 480 500 501 320 240\nb OPENCV 10 20 5 5 5 5 0.1 0.1 0 0\n";
        SplittableRandom random = new SplittableRandom(3);
        Path file = folder.resolve("mutated.txt");
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = (i % 2 == 0 ? poses : cameras).getBytes();
            bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            for (int k = random.nextInt(4); k > 0 && bytes.length > 0; k--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Files.deleteIfExists(file); // writing over a file waits for the disk
            Files.write(file, bytes);
            try {
                if (i % 2 == 0) {
                    PoseList.read(file);
                } else {
                    CameraList.read(file);
                }
            } catch (DatasetException e) {
                assertFalse(e.getMessage().contains("\n"), e.getMessage());
            }
        }
    }
}
