package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.feature.Extractor;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageWriter;

class FolderExtractionTest {
    private static final int IMAGES = 40;

    @TempDir
    Path folder;

    private final List<String> names = IntStream.range(0, IMAGES)
            .mapToObj(i -> String.format(Locale.ROOT, "%02d.png", i)).toList();
    private final List<String> written = new ArrayList<>();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger farthestAhead = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        for (int i = 0; i < IMAGES; i++) {
            ImageWriter.writePng(new Image(8 + i, 4, new byte[3 * 4 * (8 + i)]), folder.resolve(names.get(i)));
        }
    }

    /** One key point at the image's width; images take unlike times. */
    private final class Widths implements Extractor {
        @Override
        public Features extract(Image image) {
            farthestAhead.accumulateAndGet(begun.incrementAndGet() - done.get(), Math::max);
            try {
                Thread.sleep(image.width() * 7 % 5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Features(Keypoints.ofPositions(new float[] {image.width(), 0}), 1, new float[1]);
        }

        @Override
        public int dimension() {
            return 1;
        }
    }

    private FolderExtraction.Summary run(FeatureSink sink) throws IOException {
        PrintWriter print = new PrintWriter(err);
        try (Progress progress = Progress.start("extract", IMAGES, "images", print)) {
            return FolderExtraction.run(folder, names, sink, new Widths(), progress, Tiepoint.commandLine());
        } finally {
            print.flush();
        }
    }

    private FeatureSink sink(Set<String> there) {
        return new FeatureSink() {
            @Override
            public boolean contains(String image) {
                return there.contains(image);
            }

            @Override
            public void write(String name, Image image, Features features) {
                assertEquals(image.width(), features.keypoints().x(0));
                assertEquals(name, names.get(image.width() - 8));
                written.add(name);
                done.incrementAndGet();
            }
        };
    }

    @Test
    void keepsTheOrderAndOnlyAFewImagesAtOnce() throws IOException {
        assertEquals(new FolderExtraction.Summary(IMAGES, 0, 0), run(sink(Set.of())));
        assertEquals(names, written);
        int processors = Runtime.getRuntime().availableProcessors();
        assertTrue(farthestAhead.get() <= processors + 3, farthestAhead + " images at once");
    }

    @Test
    void whatIsThereIsLeftOutAndWhatCannotBeReadIsReported() throws IOException {
        Files.writeString(folder.resolve(names.get(7)), "no image");
        FolderExtraction.Summary summary = run(sink(Set.of(names.get(0), names.get(39))));
        assertEquals(new FolderExtraction.Summary(IMAGES - 3, 2, 1), summary);
        assertEquals(IMAGES - 3, written.size());
        assertTrue(err.toString().contains("tiepoint: ") && err.toString().contains(names.get(7)), err.toString());
    }

    @Test
    void aFailureToWriteEndsIt() {
        FeatureSink full = new FeatureSink() {
            @Override
            public boolean contains(String image) {
                return false;
            }

            @Override
            public void write(String name, Image image, Features features) throws IOException {
                throw new IOException("disk full");
            }
        };
        assertEquals("disk full", assertThrows(IOException.class, () -> run(full)).getMessage());
        assertTrue(begun.get() < IMAGES, begun + " begun");
    }
}
