package org.tiepoint.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.tiepoint.evaluation.Candidate;
import org.tiepoint.evaluation.FeatureProvider;
import org.tiepoint.evaluation.ImageFeatureProvider;
import org.tiepoint.onnx.EmbeddedModel;
import org.tiepoint.train.Trainer;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * The candidates of an evaluation: RootSIFT in two rows, mutual nearest neighbours and with ratio 0.8, and what the
 * user named. Nothing is loaded before it is needed; closing frees what was.
 */
final class EvaluatedFeatures implements AutoCloseable {
    private static final String BASELINE = "rootsift";
    private static final String BASELINE_RATIO = "rootsift ratio 0.8";

    private final int maxKeypoints;
    private final List<Candidate> candidates = new ArrayList<>();
    /** By what the features follow from, so that SPECs which differ in the matcher share them. */
    private final Map<Map<String, String>, FeatureProvider> providers = new LinkedHashMap<>();

    private EvaluatedFeatures(int maxKeypoints) {
        this.maxKeypoints = maxKeypoints;
    }

    /**
     * @param named        by the user; none is possible
     * @param maxKeypoints where a SPEC has no max=
     * @param line         for usage errors
     */
    static EvaluatedFeatures of(List<FeatureSpec> named, int maxKeypoints, CommandLine line) throws IOException {
        EvaluatedFeatures features = new EvaluatedFeatures(maxKeypoints);
        for (FeatureSpec spec : specs(named, line)) {
            features.add(spec);
        }
        return features;
    }

    /** RootSIFT in two rows, then what the user named. */
    static List<FeatureSpec> specs(List<FeatureSpec> named, CommandLine line) {
        List<FeatureSpec> specs = new ArrayList<>(List.of(FeatureSpec.parse(BASELINE),
                FeatureSpec.parse(BASELINE_RATIO + "=" + BASELINE + ":ratio=0.8")));
        for (FeatureSpec spec : named) {
            if (spec.name().equals(BASELINE) && spec.text().equals(BASELINE)) {
                continue;
            }
            if (specs.stream().anyMatch(other -> other.name().equals(spec.name()))) {
                throw new ParameterException(line, "--features has the name '" + spec.name()
                        + "' twice: write --features NAME=SPEC with different names");
            }
            specs.add(spec);
        }
        return specs;
    }

    List<Candidate> candidates() {
        return candidates;
    }

    /** What the features of a SPEC follow from, by name; not how they are matched. */
    static Map<String, String> settings(FeatureSpec spec, int maxKeypoints) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("method", spec.method().word());
        if (spec.method().takesArgument()) {
            settings.put("source", spec.argument());
            settings.put("file", checksums(spec));
        }
        if (spec.method().describesAnyKeypoints()) {
            settings.put("detector", spec.detectorName(Optional.empty()));
            if (spec.options().detector().flatMap(DetectorChoice::model).isPresent()) {
                settings.put("detectorFile", detectorChecksums(spec));
            }
        }
        if (spec.isRotationInvariant()) {
            settings.put(FeatureSpecOptions.ROTATION_INVARIANT, "true");
        }
        settings.put("maxKeypoints", Integer.toString(spec.maxKeypoints(maxKeypoints)));
        return settings;
    }

    private void add(FeatureSpec spec) throws IOException {
        Map<String, String> settings = settings(spec, maxKeypoints);
        FeatureProvider provider = providers.computeIfAbsent(Map.copyOf(settings), key -> new ImageFeatureProvider(
                () -> spec.openForImages(maxKeypoints), spec.method() != FeatureMethod.H5));
        MatcherChoice matcher = spec.matcher().orElse(MatcherChoice.MUTUAL);
        settings.put("matching", matcher.text());
        candidates.add(new Candidate(spec.name(), provider, matcher.matcher(), settings));
    }

    /** The files that the descriptors follow from, by a checksum of their bytes; empty where there are none. */
    static String checksums(FeatureSpec spec) throws IOException {
        return checksums(spec.method() == FeatureMethod.ENCODER ? FeatureSpecParser.encoderParts(spec.argument())
                : new String[] {spec.argument()});
    }

    /** The same for the detector that the SPEC names; empty where it names no model. */
    static String detectorChecksums(FeatureSpec spec) throws IOException {
        Optional<Path> model = spec.options().detector().flatMap(DetectorChoice::model);
        return model.isPresent() ? checksums(model.get().toString()) : "";
    }

    private static String checksums(String... sources) throws IOException {
        StringBuilder sums = new StringBuilder();
        for (String source : sources) {
            Optional<EmbeddedModel> embedded = EmbeddedModel.of(source);
            if (embedded.isPresent()) {
                sums.append(checksum(new ByteArrayInputStream(embedded.get().content())));
                continue;
            }
            Path file = Path.of(source);
            for (String model : new String[] {Trainer.LAST, Trainer.BEST}) {
                file = Files.exists(Path.of(source, model)) ? Path.of(source, model) : file;
            }
            if (Files.isRegularFile(file)) {
                try (InputStream in = Files.newInputStream(file)) {
                    sums.append(sums.isEmpty() ? "" : " ").append(checksum(in));
                }
            }
        }
        return sums.toString();
    }

    private static String checksum(InputStream in) throws IOException {
        CRC32 sum = new CRC32();
        byte[] buffer = new byte[1 << 16];
        long size = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            sum.update(buffer, 0, n);
            size += n;
        }
        return String.format(Locale.ROOT, "%d bytes, %08x", size, sum.getValue());
    }

    @Override
    public void close() throws IOException {
        for (FeatureProvider provider : providers.values()) {
            provider.close();
        }
    }
}
