package org.tiepoint.evaluation.reconstruction;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tiepoint.dataset.ImageFolder;
import org.tiepoint.dataset.pairs.NamePair;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.ImageFeatures;
import org.tiepoint.image.ImageReader;
import org.tiepoint.interop.colmap.CameraSource;
import org.tiepoint.interop.colmap.CollectionMatcher;
import org.tiepoint.interop.colmap.ColmapDatabase;
import org.tiepoint.interop.colmap.ImageEnrolment;
import org.tiepoint.interop.colmap.ImageEnrolment.CameraSharing;
import org.tiepoint.interop.colmap.TwoViewVerifier;
import org.tiepoint.interop.colmap.VerifiedPair;
import org.tiepoint.interop.numpy.CapsFeatureFile;
import org.tiepoint.match.Matcher;

/** Features of this project, matched and verified by it; they lie in a folder beside the database. */
public final class OwnFeatures implements FeatureSide {
    private final String name;
    private final String settings;
    private final Loader loader;
    private final Matcher matcher;
    private final CameraSource cameras;
    private final CameraSharing sharing;
    private final CollectionMatcher.Options options;
    private final Steps steps;

    /** Loads the features when they are needed. */
    @FunctionalInterface
    public interface Loader {
        /** The caller closes them. */
        ImageFeatures load() throws IOException;
    }

    /** Is told how far it is. */
    public interface Steps {
        /** Work of so many steps begins. */
        void begin(String task, int steps, String unit);

        /** One step is done. */
        void step();

        /** The work begun last is done. */
        void end();
    }

    /**
     * @param name     for the table
     * @param settings what the results follow from
     * @param loader   of the features
     * @param matcher  of their descriptors
     * @param cameras  that took the images
     * @param sharing  which of them are one
     * @param options  of matching
     * @param steps    told how far the work is
     */
    public OwnFeatures(String name, String settings, Loader loader, Matcher matcher, CameraSource cameras,
            CameraSharing sharing, CollectionMatcher.Options options, Steps steps) {
        this.name = name;
        this.settings = settings;
        this.loader = loader;
        this.matcher = matcher;
        this.cameras = cameras;
        this.sharing = sharing;
        this.options = options;
        this.steps = steps;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String settings() {
        return settings;
    }

    @Override
    public CpuMinutes extract(ImageFolder images, Path database, Path log) throws IOException {
        Clock clock = new Clock();
        steps.begin("extract", images.names().size(), "images");
        try (ImageFeatures source = loader.load(); ColmapDatabase opened = ColmapDatabase.open(database)) {
            ImageEnrolment enrolment = new ImageEnrolment(opened, cameras, sharing);
            for (String image : images.names()) {
                Features features = source.of(image, ImageReader.read(images.file(image)));
                Path file = file(database, image);
                Files.createDirectories(file.getParent());
                CapsFeatureFile.write(file, features);
                enrolment.enrol(image, images.file(image), features.keypoints());
                steps.step();
            }
        } finally {
            steps.end();
        }
        return clock.minutes();
    }

    @Override
    public CpuMinutes match(ImageFolder images, List<NamePair> pairs, Path database, Path log) throws IOException {
        Clock clock = new Clock();
        steps.begin("match", pairs.size(), "pairs");
        try (ColmapDatabase opened = ColmapDatabase.open(database)) {
            new CollectionMatcher(matcher, new TwoViewVerifier(), options).match(opened,
                    image -> CapsFeatureFile.read(file(database, image)), pairs, new CollectionMatcher.Listener() {
                        @Override
                        public void stored(NamePair pair, int matches, VerifiedPair verified) {
                            steps.step();
                        }

                        @Override
                        public void skipped(int count) {}
                    });
        } finally {
            steps.end();
        }
        return clock.minutes();
    }

    private static Path file(Path database, String image) {
        return database.resolveSibling("features").resolve(image + ".caps");
    }

    /** The time of this process. */
    private static final class Clock {
        private final long started = System.nanoTime();
        private final long cpu = processNanos();

        CpuMinutes minutes() {
            return new CpuMinutes((System.nanoTime() - started) / 60e9, (processNanos() - cpu) / 60e9);
        }

        private static long processNanos() {
            return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean bean
                    ? bean.getProcessCpuTime() : 0;
        }
    }
}
