package org.tiepoint.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.tiepoint.image.Image;
import org.tiepoint.onnx.OnnxExtractor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Where an exported model spends its time. */
@Command(name = "layers", mixinStandardHelpOptions = true, description = "Time each layer of a model on a rendered view"
        + " of 640x480, and what is around the network, with the share of the rate at which this machine multiplies"
        + " matrices.")
final class LayersCommand implements Callable<Integer> {
    /** Products of matrices a run: they are short. */
    private static final int PRODUCTS = 5;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "An ONNX file of 'tiepoint export'.")
    private Path model;

    @Option(names = "--runs", paramLabel = "N", defaultValue = "100",
            description = "How often it runs; the fastest counts, as for matrices (default: 100).")
    private int runs;

    @Override
    public Integer call() throws IOException, OrtException {
        Image image = Photos.rendered(1).get(0);
        double peak = PeakRate.measure(PRODUCTS * runs);
        double plain = network(false).millis();
        Timing profiled = network(true);
        try (OnnxExtractor extractor = OnnxExtractor.load(model, OnnxExtractor.Options.of(Subject.KEYPOINTS))) {
            double whole = fastest(() -> extractor.extract(image));
            print(profiled.layers(), plain, whole, extractor.card().scales(), peak);
        }
        return 0;
    }

    private record Timing(double millis, LayerProfile layers) {}

    private Timing network(boolean profiling) throws IOException, OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Path folder = Files.createTempDirectory("layers");
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            // as the extractor has it
            options.setIntraOpNumThreads(Environment.THREADS);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            if (profiling) {
                options.enableProfiling(folder.resolve("profile").toString());
            }
            try (OrtSession session = environment.createSession(model.toString(), options);
                    OnnxTensor input = OnnxTensor.createTensor(environment,
                            FloatBuffer.wrap(new float[3 * Photos.WIDTH * Photos.HEIGHT]),
                            new long[] {1, 3, Photos.HEIGHT, Photos.WIDTH})) {
                Map<String, OnnxTensor> inputs = Map.of(session.getInputNames().iterator().next(), input);
                double millis = fastest(() -> {
                    try {
                        session.run(inputs).close();
                    } catch (OrtException e) {
                        throw new IllegalArgumentException(model + ": " + e.getMessage(), e);
                    }
                });
                if (!profiling) {
                    return new Timing(millis, new LayerProfile(List.of()));
                }
                Path file = Path.of(session.endProfiling());
                LayerProfile layers = LayerProfile.read(file);
                Files.delete(file);
                return new Timing(millis, layers);
            }
        } finally {
            Files.delete(folder);
        }
    }

    private double fastest(Runnable work) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < runs; i++) {
            long start = System.nanoTime();
            work.run();
            least = Math.min(least, (System.nanoTime() - start) / 1e6);
        }
        return least;
    }

    private void print(LayerProfile profile, double network, double whole, List<Double> scales, double peak)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.println("| layer | operator | output | kernel | ms | share | GFLOP | GFLOP/s | of the limit |");
        out.println("|---|---|---|---|--:|--:|--:|--:|--:|");
        for (LayerProfile.Layer layer : profile.layers()) {
            out.printf(Locale.ROOT, "| %s | %s | %s | %s | %.3f | %.1f %% |%s%n", layer.name(), layer.operator(),
                    layer.output(), layer.kernel(), layer.millis(), 100 * layer.millis() / profile.millis(),
                    layer.gflop() == 0 ? " | | |" : arithmetic(layer.gflop(), layer.millis(), peak));
        }
        out.printf(Locale.ROOT, "| all | | | | %.3f | 100 %% |%s%n", profile.millis(), arithmetic(profile.gflop(),
                profile.millis(), peak));
        out.println();
        out.printf(Locale.ROOT, "network without profiling: %.2f ms; whole extraction at the scales %s: %.2f ms%n",
                network, scales, whole);
        out.printf(Locale.ROOT, "limit: %.0f GFLOP/s, the best matrix product; %d threads; %s%n", peak,
                Environment.THREADS, Environment.text());
        out.flush();
    }

    private static String arithmetic(double gflop, double millis, double peak) {
        double rate = gflop / millis * 1000;
        return String.format(Locale.ROOT, " %.3f | %.0f | %.0f %% |", gflop, rate, 100 * rate / peak);
    }
}
