package org.tiepoint.evaluation.reconstruction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.ColmapModel;
import org.tiepoint.dataset.ColmapModelWriter;
import org.tiepoint.dataset.ColmapReader;
import org.tiepoint.dataset.ImageFolder;
import org.tiepoint.dataset.PosedImage;
import org.tiepoint.dataset.pairs.ExhaustivePairs;
import org.tiepoint.dataset.synthetic.SceneOptions;
import org.tiepoint.dataset.synthetic.SyntheticScene;
import org.tiepoint.feature.DetectThenDescribe;
import org.tiepoint.feature.ImageFeatures;
import org.tiepoint.feature.RootSift;
import org.tiepoint.feature.SiftDetector;
import org.tiepoint.geometry.CameraModel;
import org.tiepoint.geometry.Pose;
import org.tiepoint.geometry.Similarity;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageWriter;
import org.tiepoint.interop.colmap.CameraSource;
import org.tiepoint.interop.colmap.CollectionMatcher;
import org.tiepoint.interop.colmap.DatabaseCamera;
import org.tiepoint.interop.colmap.ImageEnrolment.CameraSharing;
import org.tiepoint.match.RatioTestMatcher;
import org.tiepoint.testing.SharedFiles;

/** Real COLMAP reconstructs from our databases. Skipped where there is no colmap program. */
class ColmapReconstructionTest {
    private static final CameraSource GUESSED = CameraSource.exif(CameraModel.SIMPLE_RADIAL);

    @TempDir
    Path folder;

    private ColmapProgram colmap;

    @BeforeEach
    void find() {
        Optional<Path> program = ColmapProgram.find();
        Assumptions.assumeTrue(program.isPresent(), "no colmap program on the PATH: install COLMAP to run this test");
        colmap = new ColmapProgram(program.orElseThrow(), Duration.ofMinutes(5));
    }

    private static OwnFeatures rootSift(int maxKeypoints, CameraSource cameras, CameraSharing sharing) {
        return new OwnFeatures("RootSIFT", "test", () -> ImageFeatures.by(new DetectThenDescribe(new SiftDetector(),
                new RootSift(), maxKeypoints)), new RatioTestMatcher(0.8), cameras, sharing,
                CollectionMatcher.Options.defaults(), new OwnFeatures.Steps() {
                    @Override
                    public void begin(String task, int steps, String unit) {}

                    @Override
                    public void step() {}

                    @Override
                    public void end() {}
                });
    }

    private ColmapModel reconstruct(Path photos, int maxKeypoints, CameraSource cameras, CameraSharing sharing)
            throws IOException {
        ImageFolder images = ImageFolder.list(photos);
        ReconstructionProtocol protocol = new ReconstructionProtocol(colmap, images,
                new ExhaustivePairs().pairs(images.names()), folder.resolve("out"));
        ReconstructionResult result = protocol.run(rootSift(maxKeypoints, cameras, sharing));
        assertEquals("", result.failure());
        assertEquals(images.names().size(), result.registered());
        assertTrue(result.error() > 0.1 && result.error() < 1.2, "error " + result.error());
        assertTrue(result.trackLength() > 2.5, "track length " + result.trackLength());
        assertEquals(result, protocol.run(rootSift(maxKeypoints, cameras, sharing)), "a second run takes the result that is there");
        Path model = folder.resolve("out/RootSIFT/sparse/0");
        requireSameAgain(model);
        return ColmapModel.read(model);
    }

    /** What COLMAP wrote comes out byte by byte, binary and text. */
    private void requireSameAgain(Path model) throws IOException {
        Path again = folder.resolve("again");
        ColmapModelWriter.writeBinary(ColmapModel.read(model), again);
        Path text = Files.createDirectories(folder.resolve("text"));
        colmap.run(folder.resolve("converter.log"), "model_converter", "--input_path", model.toString(),
                "--output_path", text.toString(), "--output_type", "TXT");
        ColmapModelWriter.writeText(ColmapModel.read(text), again);
        for (String name : List.of("cameras", "images", "points3D")) {
            assertEquals(-1, Files.mismatch(model.resolve(name + ".bin"), again.resolve(name + ".bin")), name);
            assertEquals(-1, Files.mismatch(text.resolve(name + ".txt"), again.resolve(name + ".txt")), name);
        }
    }

    /** Bounds the errors after the best similarity: centres as a share of the cameras' spread, rotations in degrees. */
    private static void requirePoses(ColmapModel model, Map<String, Pose> truth, double share, double degrees) {
        int n = model.images().size();
        double[] found = new double[3 * n];
        double[] wanted = new double[3 * n];
        for (int i = 0; i < n; i++) {
            ColmapModel.View view = model.images().get(i);
            System.arraycopy(view.pose().centre(), 0, found, 3 * i, 3);
            System.arraycopy(truth.get(view.name()).centre(), 0, wanted, 3 * i, 3);
        }
        Similarity similarity = Similarity.fit(found, wanted);
        double spread = spread(wanted);
        for (ColmapModel.View view : model.images()) {
            Pose aligned = similarity.apply(view.pose());
            Pose real = truth.get(view.name());
            double distance = distance(aligned.centre(), real.centre()) / spread;
            double angle = aligned.to(real).rotationDegrees();
            assertTrue(distance < share, view.name() + " is off by " + distance + " of the cameras' spread");
            assertTrue(angle < degrees, view.name() + " is turned by " + angle + " degrees");
        }
    }

    private static double spread(double[] points) {
        double largest = 0;
        for (int i = 0; i < points.length; i += 3) {
            for (int k = 0; k < i; k += 3) {
                largest = Math.max(largest, distance(new double[] {points[i], points[i + 1], points[i + 2]},
                        new double[] {points[k], points[k + 1], points[k + 2]}));
            }
        }
        return largest;
    }

    private static double distance(double[] a, double[] b) {
        return Math.sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]) + (a[2] - b[2]) * (a[2] - b[2]));
    }

    @Test
    void aChurchDoorComesOutAsInItsOwnModel() throws IOException {
        Path scene = SharedFiles.data("posed/colmap/lund-door");
        Map<String, Pose> truth = new HashMap<>();
        for (PosedImage image : ColmapReader.read(scene).images()) {
            truth.put(image.name(), image.pose());
        }
        requirePoses(reconstruct(scene.resolve("images"), 700, GUESSED, CameraSharing.ALL), truth, 0.02, 1);
    }

    @Test
    void aRenderedSquareComesOutAsItWasRendered() throws IOException {
        SyntheticScene scene = SyntheticScene.create(SceneOptions.defaults().withViews(10).withSize(480, 360)
                .withLightChange(0));
        Path photos = Files.createDirectories(folder.resolve("photos"));
        Map<String, Pose> truth = new HashMap<>();
        for (int i = 0; i < scene.views(); i++) {
            String name = "view" + i + ".png";
            ImageWriter.writePng(scene.render(i).image(), photos.resolve(name));
            truth.put(name, scene.pose(i));
        }
        // every view has a focal length of its own
        CameraSource known = (name, file, stored) -> new DatabaseCamera(
                scene.camera(Integer.parseInt(name.replaceAll("\\D", ""))), true);
        requirePoses(reconstruct(photos, 800, known, CameraSharing.NONE), truth, 0.03, 1.5);
    }

    @Test
    void whatFailsStandsInItsRow() throws IOException {
        Path photos = Files.createDirectories(folder.resolve("blank"));
        for (int i = 0; i < 3; i++) {
            ImageWriter.writePng(new Image(64, 48, new byte[3 * 64 * 48]),
                    photos.resolve(i + ".png"));
        }
        ImageFolder images = ImageFolder.list(photos);
        ReconstructionProtocol protocol = new ReconstructionProtocol(colmap, images,
                new ExhaustivePairs().pairs(images.names()), folder.resolve("out"));
        ReconstructionResult failed = protocol.run(rootSift(100, GUESSED, CameraSharing.NONE));
        assertTrue(!failed.succeeded() && failed.failure().lines().count() == 1, failed.failure());
        assertTrue(Files.size(folder.resolve("out/RootSIFT/colmap.log")) > 0);
        ReconstructionReport report = new ReconstructionReport(photos, 3, "exhaustive", Map.of(), List.of(failed));
        report.write(folder);
        assertTrue(report.markdown().contains(" failed |") && report.markdown().contains("RootSIFT failed: "),
                report.markdown());
        assertTrue(Files.readString(folder.resolve("summary.json")).contains("\"failure\""));
    }
}
