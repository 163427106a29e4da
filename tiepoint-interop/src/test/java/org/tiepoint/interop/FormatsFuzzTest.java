package org.tiepoint.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.ImageSize;
import org.tiepoint.interop.hloc.HlocFeatures;
import org.tiepoint.interop.hloc.HlocFeaturesWriter;
import org.tiepoint.interop.hloc.HlocMatches;
import org.tiepoint.interop.hloc.HlocMatchesWriter;
import org.tiepoint.interop.numpy.CapsFeatureFile;
import org.tiepoint.interop.numpy.NpzReader;
import org.tiepoint.interop.numpy.NpzWriter;
import org.tiepoint.interop.numpy.NumpyArray;
import org.tiepoint.interop.numpy.PickledArrays;
import org.tiepoint.interop.text.MatchesCsvReader;
import org.tiepoint.interop.text.MatchesCsvWriter;
import org.tiepoint.match.Matches;
import org.tiepoint.testing.Fuzz;

/** Damaged files of every format that is read here: documented exceptions, bounded memory, no hang. */
class FormatsFuzzTest {
    private static final int CI = 250;
    private static final long MEGABYTE = 1 << 20;
    private static final Keypoints POINTS = Keypoints.ofPositions(new float[] {1.5f, 2, 30, 40, 5, 6});
    private static final Features FEATURES = new Features(POINTS, 4, new float[12]);
    private static final Matches MATCHES = new Matches(new int[] {0, 1, 2, 0}, new float[] {0.5f, 1});

    @TempDir
    Path folder;

    @Test
    void hlocFeatures() throws IOException {
        Path ours = folder.resolve("ours.h5");
        try (HlocFeaturesWriter writer = HlocFeaturesWriter.open(ours, true)) {
            for (int i = 0; i < 12; i++) {
                writer.write("db/" + i + ".jpg", FEATURES, new ImageSize(640, 480), 1);
            }
            writer.finish();
        }
        List<byte[]> seeds = List.of(Files.readAllBytes(ours), resource("hloc/h5py-v114.h5"),
                resource("hloc/h5py-earliest.h5"));
        new Fuzz(DatasetException.class, 600 * MEGABYTE).run("features.h5", seeds, Fuzz.count(CI), folder, file -> {
            try (HlocFeatures features = HlocFeatures.open(file)) {
                for (String image : features.images()) {
                    features.features(image);
                    features.imageSize(image);
                    features.uncertaintyPixels(image);
                }
            }
        });
    }

    @Test
    void hlocMatches() throws IOException {
        Path ours = folder.resolve("ours.h5");
        try (HlocMatchesWriter writer = HlocMatchesWriter.open(ours)) {
            writer.write("a.jpg", "b.jpg", 3, MATCHES);
            writer.write("a.jpg", "c.jpg", 3, MATCHES);
            writer.finish();
        }
        new Fuzz(DatasetException.class, 600 * MEGABYTE).run("matches.h5", List.of(Files.readAllBytes(ours)),
                Fuzz.count(CI), folder, file -> {
                    try (HlocMatches matches = HlocMatches.open(file)) {
                        matches.matches("a.jpg", "b.jpg");
                        matches.matches("c.jpg", "a.jpg");
                    }
                });
    }

    /** Extending reads the old file's tree of names, and must not write a byte of a file that it cannot. */
    @Test
    void hlocExtension() throws IOException {
        List<byte[]> seeds = List.of(resource("hloc/h5py-v114.h5"), resource("hloc/h5py-earliest.h5"));
        new Fuzz(IOException.class, 600 * MEGABYTE).run("extended.h5", seeds, Fuzz.count(CI) / 2, folder, file -> {
            Path part = file.resolveSibling(".fuzz-extended.h5.part");
            Files.deleteIfExists(part);
            try (HlocFeaturesWriter writer = HlocFeaturesWriter.open(file, false)) {
                writer.write("new.jpg", FEATURES, new ImageSize(640, 480), 1);
                writer.finish();
            }
        });
    }

    @Test
    void npz() throws IOException {
        Map<String, NumpyArray> arrays = new LinkedHashMap<>();
        arrays.put("a", NumpyArray.ofFloats(new float[6], 2, 3));
        arrays.put("b", NumpyArray.ofLongs(new long[] {1, 2}, 2));
        Path ours = folder.resolve("ours.npz");
        NpzWriter.write(ours, arrays);
        List<byte[]> seeds = List.of(Files.readAllBytes(ours), base64("objects.npz.base64"));
        new Fuzz(DatasetException.class, 100 * MEGABYTE).run("arrays.npz", seeds, Fuzz.count(CI), folder,
                NpzReader::readObjects);
    }

    @Test
    void caps() throws IOException {
        Path ours = folder.resolve("ours.caps");
        CapsFeatureFile.write(ours, FEATURES);
        new Fuzz(DatasetException.class, 100 * MEGABYTE).run("features.caps", List.of(Files.readAllBytes(ours)),
                Fuzz.count(CI), folder, CapsFeatureFile::read);
    }

    @Test
    void pickles() throws IOException {
        List<byte[]> seeds = List.of(base64("protocol0.pkl.base64"), base64("protocol2.pkl.base64"),
                base64("protocol5.pkl.base64"));
        new Fuzz(DatasetException.class, 100 * MEGABYTE).run("truth.pkl", seeds, Fuzz.count(CI), folder,
                PickledArrays::read);
    }

    @Test
    void csv() throws IOException {
        Path ours = folder.resolve("ours.csv");
        try (MatchesCsvWriter writer = MatchesCsvWriter.open(ours)) {
            writer.write("a,\"1\".jpg", "b.jpg", POINTS, POINTS, MATCHES);
            writer.write("c.jpg", "b.jpg", POINTS, POINTS, MATCHES);
            writer.finish();
        }
        new Fuzz(DatasetException.class, 100 * MEGABYTE).run("matches.csv", List.of(Files.readAllBytes(ours)),
                Fuzz.count(CI), folder, file -> MatchesCsvReader.read(file, row -> { }));
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = FormatsFuzzTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    /** Made by Python's pickle and numpy's savez. */
    private static byte[] base64(String name) throws IOException {
        return Base64.getMimeDecoder().decode(resource("numpy/" + name));
    }
}
