package org.tiepoint.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.tiepoint.feature.Extractor;
import org.tiepoint.feature.Features;
import org.tiepoint.image.Image;

/** Key points and descriptors of photos in memory, one after the other. */
@State(Scope.Benchmark)
public class ExtractBenchmark {
    /** A {@link Subject}'s name. */
    @Param("SIFT")
    public String subject;

    /** Its file. */
    @Param("")
    public String file;

    /** Folder of photos. */
    @Param("")
    public String photos;

    private Extractor extractor;
    private List<Image> images;
    private int next;

    @Setup
    public void open() throws IOException {
        extractor = Subject.valueOf(subject).open(Path.of(file));
        images = Photos.load(Path.of(photos));
    }

    @TearDown
    public void close() {
        extractor.close();
    }

    /** The next photo's. */
    @Benchmark
    public Features extract() {
        next = (next + 1) % images.size();
        return extractor.extract(images.get(next));
    }
}
