package org.tiepoint.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tiepoint.dataset.DatasetErrors.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.CameraModel;

class TransformsJsonReaderTest {
    private static final String POSE = "[[1,0,0,1],[0,1,0,2],[0,0,1,3],[0,0,0,1]]";

    @TempDir
    Path folder;
    private final List<String> warnings = new ArrayList<>();

    @BeforeEach
    void photos() throws IOException {
        TestPhotos.write(folder.resolve("images/a.png"), 16, 12);
        TestPhotos.write(folder.resolve("images/b.jpg"), 20, 10);
    }

    private PosedCollection read(String json) throws IOException {
        Files.writeString(folder.resolve("transforms.json"), json);
        return TransformsJsonReader.read(folder, warnings::add);
    }

    private static String frame(String file, String more) {
        return "{\"file_path\":\"" + file + "\"," + more + "\"transform_matrix\":" + POSE + "}";
    }

    @Test
    void turnsOpenGlAxesRound() throws IOException {
        PosedCollection scene = read("{\"fl_x\":30,\"frames\":[" + frame("images/a.png", "") + "]}");
        PosedImage image = scene.images().get(0);

        assertArrayEquals(new double[] {1, 2, 3}, image.pose().centre(), 1e-12);
        // the camera looks along the world's -z; what lies there is in front, and the world's y points up
        assertArrayEquals(new double[] {0, -1, 5}, image.pose().transform(new double[] {1, 3, -2}), 1e-12);
        assertEquals(folder.getFileName().toString(), scene.name());
    }

    @Test
    void takesSharedIntrinsicsAndThoseOfAFrame() throws IOException {
        PosedCollection scene = read("{\"fl_x\":30,\"fl_y\":31,\"cx\":8,\"cy\":6.5,\"w\":16,\"h\":12,\"k1\":0.1,"
                + "\"k2\":0.2,\"p1\":0.3,\"p2\":0.4,\"frames\":[" + frame("images/a.png", "") + ","
                + frame("images/b.jpg", "\"fl_x\":40,\"w\":20,\"h\":10,\"cx\":10,") + "]}");
        Camera first = scene.images().get(0).camera();
        Camera second = scene.images().get(1).camera();

        assertEquals(CameraModel.OPENCV, first.model());
        assertArrayEquals(new double[] {30, 31, 7.5, 6, 0.1, 0.2, 0.3, 0.4}, first.parameters());
        assertArrayEquals(new double[] {40, 31, 9.5, 6, 0.1, 0.2, 0.3, 0.4}, second.parameters());
        assertEquals(20, second.width());
    }

    @Test
    void takesTheFieldOfViewAndThePhotosSize() throws IOException {
        PosedCollection scene = read("{\"camera_angle_x\":" + Math.PI / 2 + ",\"frames\":["
                + frame("./images/a", "") + "," + frame("images/b", "") + "]}");
        Camera first = scene.images().get(0).camera();

        assertEquals(List.of("images/a.png", "images/b.jpg"), scene.images().stream().map(PosedImage::name).toList());
        assertEquals(16, first.width());
        assertArrayEquals(new double[] {8, 8, 7.5, 5.5, 0, 0, 0, 0}, first.parameters(), 1e-12);
        assertTrue(first.isPinhole());
        assertArrayEquals(new double[] {10, 10, 9.5, 4.5, 0, 0, 0, 0}, scene.images().get(1).camera().parameters(),
                1e-12);
    }

    @Test
    void readsTheFisheyeAndHigherTerms() throws IOException {
        Camera fisheye = read("{\"fl_x\":30,\"camera_model\":\"OPENCV_FISHEYE\",\"k1\":0.1,\"k2\":0.2,\"k3\":0.3,"
                + "\"k4\":0.4,\"frames\":[" + frame("images/a.png", "") + "]}").images().get(0).camera();
        assertEquals(CameraModel.OPENCV_FISHEYE, fisheye.model());
        assertArrayEquals(new double[] {0.1, 0.2, 0.3, 0.4}, fisheye.distortion());

        Camera full = read("{\"fl_x\":30,\"k1\":0.1,\"k3\":0.3,\"frames\":[" + frame("images/a.png", "") + "]}")
                .images().get(0).camera();
        assertEquals(CameraModel.FULL_OPENCV, full.model());
        assertArrayEquals(new double[] {0.1, 0, 0, 0, 0.3, 0, 0, 0}, full.distortion());
    }

    @Test
    void leavesOutMissingPhotosWithOneWarning() throws IOException {
        PosedCollection scene = read("{\"fl_x\":30,\"frames\":[" + frame("images/x.png", "") + ","
                + frame("images/a.png", "") + "," + frame("images/y.png", "") + "]}");

        assertEquals(1, scene.images().size());
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).contains("2 of 3") && warnings.get(0).contains("x.png"), warnings.get(0));
    }

    @Test
    void refusesASceneWithoutPhotos() {
        assertRefused(() -> read("{\"fl_x\":30,\"frames\":[" + frame("images/x.png", "") + "]}"),
                "transforms.json", "none of the 1", "x.png");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"fl_x\":30 | \"fl_z\":30 | frames[0]|fl_x|camera_angle_x",
        "\"fl_x\":30 | \"fl_x\":0 | frames[0]|focal length fx|above 0",
        "\"fl_x\":30 | \"fl_x\":\"30\" | fl_x|\"30\"|finite number",
        "\"fl_x\":30 | \"fl_x\":1e999 | fl_x|is|finite number",
        "\"fl_x\":30 | \"fl_x\":30,\"camera_model\":\"EQUI\" | camera_model|EQUI|OPENCV_FISHEYE",
        "[0,1,0,2] | [0,1,0] | frames[0].transform_matrix[1][3]|missing|finite",
        "[0,1,0,2] | [0,1,0,null] | frames[0].transform_matrix[1][3]|null|finite",
        "[0,1,0,2] | [0,-1,0,2] | frames[0].transform_matrix|no rotation|determinant",
        "[0,1,0,2] | [0,2,0,2] | frames[0].transform_matrix|no rotation|orthonormal",
        "file_path | path | frames[0].file_path|missing|photo",
        "\"frames\" | \"frame\" | frames|no list|photo"})
    void refusesFieldsThatCannotBeUsed(String from, String to, String a, String b, String c) {
        String json = "{\"fl_x\":30,\"frames\":[" + frame("images/a.png", "") + "]}";
        assertTrue(json.contains(from));
        assertRefused(() -> read(json.replace(from, to)), "transforms.json", a, b, c);
    }

    @Test
    void refusesAFileCutAnywhere() throws IOException {
        String json = "{\"fl_x\":30,\"frames\":[" + frame("images/a.png", "") + "," + frame("images/b.jpg", "") + "]}";
        for (int length = 0; length < json.length(); length += 7) {
            String cut = json.substring(0, length);
            assertRefused(() -> read(cut), "transforms.json");
        }
    }

    @Test
    void refusesAPhotoListedTwice() {
        assertRefused(() -> read("{\"fl_x\":30,\"frames\":[" + frame("images/a.png", "") + ","
                + frame("images/a.png", "") + "]}"), "frames[1].file_path", "second time");
    }
}
