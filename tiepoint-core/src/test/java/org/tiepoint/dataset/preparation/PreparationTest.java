package org.tiepoint.dataset.preparation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.dataset.DepthRange;
import org.tiepoint.dataset.DropReason;
import org.tiepoint.dataset.PairSelector;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.dataset.PosedCollections;
import org.tiepoint.dataset.PosedImage;
import org.tiepoint.dataset.synthetic.RenderedView;
import org.tiepoint.dataset.synthetic.SceneOptions;
import org.tiepoint.dataset.synthetic.SyntheticScene;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Pose;
import org.tiepoint.image.ImageWriter;

class PreparationTest {
    private static final int VIEWS = 5;
    private static final List<RenderedView> RENDERED = new ArrayList<>();

    @TempDir
    Path root;
    private Path data;
    private Path out;

    /** What a run told. */
    private static final class Heard implements Preparation.Listener {
        private final List<String> warnings = new ArrayList<>();
        private final List<Boolean> resumed = new ArrayList<>();
        private final Map<Preparation.Stage, Integer> done = new TreeMap<>();

        @Override
        public void progress(String scene, Preparation.Stage stage, int count, int total) {
            done.put(stage, count);
        }

        @Override
        public void finished(SceneReport report, boolean again) {
            resumed.add(again);
        }

        @Override
        public void warning(String message) {
            warnings.add(message);
        }
    }

    @BeforeAll
    static void render() {
        SyntheticScene scene = SyntheticScene.create(SceneOptions.defaults().withViews(VIEWS).withSize(240, 180));
        for (int i = 0; i < VIEWS; i++) {
            RENDERED.add(scene.render(i));
        }
    }

    /** A scene as COLMAP's text with a little lens distortion in the camera, whose pictures have none. */
    @BeforeEach
    void write() throws IOException {
        data = root.resolve("data");
        out = root.resolve("out");
        writeScene("town", "SIMPLE_RADIAL", -1);
    }

    private void writeScene(String name, String model, int turned) throws IOException {
        Path scene = data.resolve(name);
        Files.createDirectories(scene.resolve("sparse"));
        Files.createDirectories(scene.resolve("images/cam 1"));
        StringBuilder cameras = new StringBuilder();
        StringBuilder images = new StringBuilder();
        for (int i = 0; i < VIEWS; i++) {
            RenderedView view = RENDERED.get(i);
            Camera camera = view.camera();
            cameras.append(i + 1).append(' ').append(model).append(" 240 180 ");
            cameras.append(model.equals("PINHOLE") ? camera.fx() + " " + camera.fy() : "" + camera.fx());
            cameras.append(' ').append(camera.cx() + 0.5).append(' ').append(camera.cy() + 0.5);
            cameras.append(model.equals("PINHOLE") ? "\n" : " 0.05\n");
            ImageWriter.writePng(view.image(), scene.resolve("images/cam 1/" + i + ".png"));
            StringJoiner line = new StringJoiner(" ");
            line.add("" + (i + 1));
            for (double q : quaternion(view.pose().rotation())) {
                line.add("" + q);
            }
            for (double t : view.pose().translation()) {
                line.add("" + (i == turned ? -t : t));
            }
            images.append(line).append(" ").append(i + 1).append(" cam 1/").append(i).append(".png\n\n");
        }
        Files.writeString(scene.resolve("sparse/cameras.txt"), cameras);
        Files.writeString(scene.resolve("sparse/images.txt"), images);
    }

    private static double[] quaternion(double[] r) {
        double w = Math.sqrt(Math.max(1e-12, 1 + r[0] + r[4] + r[8])) / 2;
        return new double[] {w, (r[7] - r[5]) / (4 * w), (r[2] - r[6]) / (4 * w), (r[3] - r[1]) / (4 * w)};
    }

    private Preparation.Options options(boolean verify, int maxSide, int threads) {
        return new Preparation.Options(List.of(data), out, new PairSelector.Options(100, 0, 80, 0.1, 1), verify,
                maxSide, Preparation.PhotoFormat.JPEG, threads);
    }

    private static Map<String, byte[]> files(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    @Test
    void writesACollectionThatReadsBack() throws IOException {
        List<SceneReport> reports = Preparation.run(options(false, 0, 2), new Heard());
        PosedCollection source = PosedCollections.open(data).get(0);
        PosedCollection prepared = PosedCollections.open(out).get(0);

        assertEquals(1, reports.size());
        SceneReport report = reports.get(0);
        assertEquals("town", report.scene());
        assertEquals(VIEWS, report.photos());
        assertEquals(VIEWS * (VIEWS - 1) / 2, report.pairsConsidered());
        assertEquals(report.pairsConsidered(), report.pairsKept()
                + report.dropped().values().stream().mapToLong(Long::longValue).sum());
        assertEquals(report.pairsKept(), prepared.pairs().size());
        assertTrue(report.pairsKept() > 3);
        assertEquals("town", prepared.name());
        assertEquals(DepthRange.of(source), prepared.depths().orElseThrow());
        assertEquals(List.of("0.jpg", "1.jpg", "2.jpg", "3.jpg", "4.jpg"),
                prepared.images().stream().map(PosedImage::name).toList());
        for (int i = 0; i < VIEWS; i++) {
            Pose expected = source.images().get(i).pose();
            assertArrayEquals(expected.rotation(), prepared.images().get(i).pose().rotation(), 1e-15);
            assertArrayEquals(expected.translation(), prepared.images().get(i).pose().translation());
            assertTrue(prepared.images().get(i).camera().fx() > source.images().get(i).camera().fx());
        }
    }

    @Test
    void doesNotDependOnTheNumberOfThreads() throws IOException {
        Preparation.run(options(true, 0, 1), new Heard());
        Map<String, byte[]> one = files(out);
        out = root.resolve("out3");
        Preparation.run(options(true, 0, 3), new Heard());
        Map<String, byte[]> three = files(out);

        assertEquals(one.keySet(), three.keySet());
        one.forEach((name, bytes) -> assertArrayEquals(bytes, three.get(name), name));
    }

    @Test
    void resizesToTheSideAskedFor() throws IOException {
        Preparation.run(options(false, 120, 2), new Heard());
        PosedImage image = PosedCollections.open(out).get(0).images().get(0);
        assertEquals(120, image.camera().width());
        assertEquals(90, image.camera().height());
    }

    @Test
    void goesOnAfterABreak() throws IOException {
        Preparation.run(options(false, 0, 2), new Heard());
        Path aligned = out.resolve("town/dense0/aligned");
        Map<String, byte[]> whole = files(out);
        Heard again = new Heard();
        Preparation.run(options(false, 0, 2), again);
        assertEquals(List.of(true), again.resumed);

        // as a run killed after some photos leaves it
        Files.delete(aligned.resolve("img_cam.txt"));
        Files.delete(aligned.resolve("images/3.jpg"));
        Path kept = aligned.resolve("images/1.jpg");
        FileTime time = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(kept, time);
        Heard resumed = new Heard();
        Preparation.run(options(false, 0, 2), resumed);

        assertEquals(List.of(false), resumed.resumed);
        assertEquals(time, Files.getLastModifiedTime(kept));
        Map<String, byte[]> after = files(out);
        assertEquals(whole.keySet(), after.keySet());
        whole.forEach((name, bytes) -> assertArrayEquals(bytes, after.get(name), name));
    }

    @Test
    void redoesWhatOtherOptionsChange() throws IOException {
        Preparation.run(options(false, 0, 2), new Heard());
        byte[] before = Files.readAllBytes(out.resolve("town/dense0/aligned/images/1.jpg"));
        Heard other = new Heard();
        Preparation.run(options(false, 160, 2), other);

        assertEquals(List.of(false), other.resumed);
        assertNotEquals(before.length, Files.size(out.resolve("town/dense0/aligned/images/1.jpg")));
        assertEquals(160, PosedCollections.open(out).get(0).images().get(1).camera().width());
    }

    @Test
    void dropsPairsThatContradictTheirPoses() throws IOException {
        writeScene("town", "PINHOLE", -1);
        SceneReport good = Preparation.run(options(true, 0, 2), new Heard()).get(0);
        assertEquals(good.pairsKept(), good.verified());
        assertEquals(0, good.shareContradicted());

        double[] before = PosedCollections.open(out).get(0).images().get(2).pose().translation();
        writeScene("town", "PINHOLE", 2);
        Heard heard = new Heard();
        SceneReport bad = Preparation.run(new Preparation.Options(List.of(data), out,
                new PairSelector.Options(100, 0, 80, 0, 1), true, 0, Preparation.PhotoFormat.JPEG, 2), heard).get(0);
        assertNotEquals(before[0], PosedCollections.open(out).get(0).images().get(2).pose().translation()[0]);
        assertTrue(bad.dropped().get(DropReason.CONTRADICTED) >= 1, bad.toString());
        assertTrue(bad.shareContradicted() > 0 && bad.shareContradicted() < 1);
        assertEquals(bad.verified(), heard.done.get(Preparation.Stage.VERIFICATION));
        assertTrue(PosedCollections.open(out).get(0).pairs().stream()
                .noneMatch(p -> p.first() == 1 && p.second() == 2));
    }

    @Test
    void leavesOutPhotosThatCannotBeRead() throws IOException {
        Path photo = data.resolve("town/images/cam 1/2.png");
        byte[] bytes = Files.readAllBytes(photo);
        Files.write(photo, Arrays.copyOf(bytes, bytes.length / 2));
        Heard heard = new Heard();
        SceneReport report = Preparation.run(options(true, 0, 2), heard).get(0);

        assertEquals(VIEWS - 1, report.photos());
        assertEquals(1, report.photosLeftOut());
        assertTrue(report.dropped().get(DropReason.PHOTO_UNREADABLE) >= 1);
        assertTrue(heard.warnings.size() == 1 && heard.warnings.get(0).contains("2.png"), heard.warnings.toString());
        PosedCollection prepared = PosedCollections.open(out).get(0);
        assertEquals(List.of("0.jpg", "1.jpg", "3.jpg", "4.jpg"),
                prepared.images().stream().map(PosedImage::name).toList());
        assertEquals(report.pairsKept(), prepared.pairs().size());
    }

    @Test
    void keepsScenesOfOneNameApart() throws IOException {
        Path second = root.resolve("more");
        Files.createDirectories(second);
        Files.move(data.resolve("town"), second.resolve("town"));
        write();
        List<SceneReport> reports = Preparation.run(new Preparation.Options(List.of(data, second), out,
                new PairSelector.Options(3, 0, 80, 0.1, 1), false, 0, Preparation.PhotoFormat.PNG, 2), new Heard());
        assertEquals(List.of("town", "town-2"), reports.stream().map(SceneReport::scene).toList());
        assertTrue(Files.exists(out.resolve("town-2/dense0/aligned/images/4.png")));
    }

    @Test
    void saysWhenNothingIsLeft() {
        assertTrue(assertThrows(DatasetException.class, () -> Preparation.run(new Preparation.Options(List.of(data),
                out, new PairSelector.Options(3, 79, 80, 0.1, 1), false, 0, Preparation.PhotoFormat.JPEG, 1),
                new Heard())).getMessage().contains("no pair was kept"));
    }

    @Test
    void refusesOptionsOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> Preparation.Options.of(data, data.resolve("prepared")));
        assertThrows(IllegalArgumentException.class, () -> options(false, 5, 1));
        assertThrows(IllegalArgumentException.class, () -> options(false, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Preparation.Options(List.of(), out,
                PairSelector.Options.defaults(), false, 0, Preparation.PhotoFormat.JPEG, 1));
        assertFalse(Preparation.Options.of(data, out).verify());
    }
}
