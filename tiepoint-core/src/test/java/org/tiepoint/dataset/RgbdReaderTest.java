package org.tiepoint.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.tiepoint.dataset.DatasetErrors.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tiepoint.geometry.Camera;

class RgbdReaderTest {
    private static final String POSE = "1 0 0 4\r\n0 1 0 5\r\n0\t0 1 6\r\n0 0 0 1\r\n";
    private static final String K = "525 0 7.5\n0 526 5.5\n0 0 1\n";

    @TempDir
    Path folder;

    private void frames() throws IOException {
        TestPhotos.write(folder.resolve("frame-000001.color.png"), 16, 12);
        TestPhotos.write(folder.resolve("frame-000003.color.jpg"), 16, 12);
        Files.writeString(folder.resolve("frame-000001.pose.txt"), POSE);
        Files.writeString(folder.resolve("frame-000003.pose.txt"), POSE);
        Files.writeString(folder.resolve("camera-intrinsics.txt"), K);
    }

    @Test
    void readsFrames() throws IOException {
        frames();
        PosedCollection scene = PosedCollections.open(folder).get(0);

        assertEquals(List.of("frame-000001.color.png", "frame-000003.color.jpg"),
                scene.images().stream().map(PosedImage::name).toList());
        PosedImage second = scene.images().get(1);
        assertArrayEquals(new double[] {525, 526, 7.5, 5.5}, second.camera().parameters());
        assertArrayEquals(new double[] {4, 5, 6}, second.pose().centre(), 1e-12);
        assertEquals(new DepthRange(0.3, 1.5, 8), scene.depths().orElseThrow());
    }

    @Test
    void findsIntrinsicsOneFolderUp() throws IOException {
        frames();
        Path sequence = Files.createDirectories(folder.resolve("seq-01"));
        for (String name : List.of("frame-000001.color.png", "frame-000001.pose.txt")) {
            Files.move(folder.resolve(name), sequence.resolve(name));
        }
        assertEquals(525, RgbdReader.read(sequence).images().get(0).camera().fx());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "frame-000003.pose.txt | 0 1 0 5 | 0 1 nan 5 | line 2|T[1][2]|'nan'",
        "frame-000003.pose.txt | 0 1 0 5 | 0 -1 0 5 | lines 1 to 4|no rotation|determinant",
        "frame-000003.pose.txt | 0 0 0 1 | 0 0 1 1 | line 4|last row|0 0 0 1",
        "frame-000003.pose.txt | 0 0 0 1 | # | 3 rows|needs the 4|cut",
        "camera-intrinsics.txt | 525 | 0 | focal length fx|0.0|above 0",
        "camera-intrinsics.txt | 0 0 1 | # | 3 rows|3 numbers|fx 0 cx"})
    void refusesLinesThatCannotBeUsed(String file, String from, String to, String a, String b, String c)
            throws IOException {
        frames();
        Path changed = folder.resolve(file);
        Files.writeString(changed, Files.readString(changed).replace(from, to));
        assertRefused(() -> RgbdReader.read(folder), file, a, b, c);
    }

    @Test
    void refusesAPoseWithoutPhotoAndFramesWithoutIntrinsics() throws IOException {
        frames();
        Files.delete(folder.resolve("frame-000003.color.jpg"));
        assertRefused(() -> RgbdReader.read(folder), "frame-000003.pose.txt", "no photo", "remove the pose");
        Files.delete(folder.resolve("camera-intrinsics.txt"));
        assertRefused(() -> RgbdReader.read(folder), "camera-intrinsics.txt", "write one", "525");
    }

    private Path tum(String name) throws IOException {
        Path recording = folder.resolve(name);
        for (String photo : List.of("1.00.png", "1.50.png", "2.00.png")) {
            TestPhotos.write(recording.resolve("rgb/" + photo), 16, 12);
        }
        Files.writeString(recording.resolve("rgb.txt"),
                "# timestamp filename\n1.00 rgb/1.00.png\n1.50 rgb/1.50.png\n2.00 rgb/2.00.png\n");
        Files.writeString(recording.resolve("groundtruth.txt"), "# timestamp tx ty tz qx qy qz qw\n"
                + "0.985 9 9 9 0 0 0 1\n1.01 1 2 3 0 0 0.7071 0.7071\n1.53 7 7 7 0 0 0 1\n1.99 4 5 6 0 0 0 1\n");
        return recording;
    }

    @Test
    void takesTheNearestPoseWithin20MillisecondsInTum() throws IOException {
        PosedCollection scene = PosedCollections.open(tum("rgbd_dataset_freiburg1_desk")).get(0);

        assertEquals(List.of("rgb/1.00.png", "rgb/2.00.png"),
                scene.images().stream().map(PosedImage::name).toList());
        PosedImage first = scene.images().get(0);
        assertArrayEquals(new double[] {1, 2, 3}, first.pose().centre(), 1e-9);
        // camera to world turns x to y, so the world's y is the camera's x
        assertArrayEquals(new double[] {0, 1, 0, -1, 0, 0, 0, 0, 1}, first.pose().rotation(), 1e-4);
        assertArrayEquals(new double[] {4, 5, 6}, scene.images().get(1).pose().centre(), 1e-9);
    }

    @Test
    void takesTumsPublishedCalibrationUnlessAFileSaysOtherwise() throws IOException {
        Camera one = RgbdReader.read(tum("rgbd_dataset_freiburg1_desk")).images().get(0).camera();
        assertArrayEquals(new double[] {517.3, 516.5, 318.6, 255.3, 0.2624, -0.9531, -0.0054, 0.0026, 1.1633, 0, 0, 0},
                one.parameters());
        assertEquals(535.4, RgbdReader.read(tum("freiburg3_x")).images().get(0).camera().fx());
        Path own = tum("walk");
        assertEquals(525, RgbdReader.read(own).images().get(0).camera().fx());
        Files.writeString(own.resolve("camera-intrinsics.txt"), "600 0 7.5\n0 600 5.5\n0 0 1\n");
        assertEquals(600, RgbdReader.read(own).images().get(0).camera().fx());
    }

    @Test
    void refusesTumFilesThatCannotBeUsed() throws IOException {
        Path recording = tum("walk");
        Path truth = recording.resolve("groundtruth.txt");
        String good = Files.readString(truth);
        Files.writeString(truth, good.replace("0 0 0.7071 0.7071", "0 0 0.5 0.5"));
        assertRefused(() -> RgbdReader.read(recording), "groundtruth.txt", "line 3", "no rotation", "must be 1");
        Files.writeString(truth, good.replace("7 7 7", "7 7"));
        assertRefused(() -> RgbdReader.read(recording), "groundtruth.txt", "line 4", "7 fields");
        Files.writeString(truth, "99 4 5 6 0 0 0 1\n");
        assertRefused(() -> RgbdReader.read(recording), "rgb.txt", "same clock");
        Files.writeString(truth, "# nothing\n");
        assertRefused(() -> RgbdReader.read(recording), "groundtruth.txt", "no pose");
        Files.writeString(truth, good);
        Files.delete(recording.resolve("rgb/2.00.png"));
        assertRefused(() -> RgbdReader.read(recording), "rgb.txt", "line 4", "2.00.png", "not there");
    }
}
