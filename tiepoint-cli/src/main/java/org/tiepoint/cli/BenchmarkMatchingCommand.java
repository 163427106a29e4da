package org.tiepoint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.DMatchVector;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_features2d.BFMatcher;
import org.tiepoint.evaluation.Machine;
import org.tiepoint.feature.FeatureMap;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.match.Matches;
import org.tiepoint.match.MutualNearestNeighborMatcher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures mutual nearest neighbours against OpenCV's exhaustive matcher. */
@Command(name = "matching",
        description = {
            "Time mutual nearest neighbours against OpenCV's BFMatcher with cross-check, on made-up descriptors.",
            "",
            "Both match the same descriptors of length 1 in turns, and the best of the repetitions counts. Half of"
                + " the descriptors have a partner. Prints the seconds, their quotient, how many pairs are the same,"
                + " and by how much the first match raised the memory of the process. Close other programs first.",
            ""},
        footer = {
            "",
            "Example:",
            "  tiepoint benchmark matching --keypoints 8192 --dimension 128"})
final class BenchmarkMatchingCommand implements Callable<Integer> {
    private static final long LARGEST = 200_000_000;
    private static final float NOISE = 0.02f;
    /** Distances that differ by less than this share are a tie: OpenCV computes them in single precision. */
    private static final double TIE = 1e-6;

    @Spec
    private CommandSpec spec;

    @Option(names = "--keypoints", paramLabel = "N", defaultValue = "8192",
            description = "Descriptors an image (default: 8192).")
    private int keypoints;

    @Option(names = "--dimension", paramLabel = "D", defaultValue = "128",
            description = "Numbers a descriptor (default: 128).")
    private int dimension;

    @Option(names = "--repetitions", paramLabel = "N", defaultValue = "5",
            description = "Matches of each, of which the fastest counts (default: 5).")
    private int repetitions;

    @Override
    public Integer call() throws IOException {
        requireFrom("--keypoints", keypoints, 2);
        requireFrom("--dimension", dimension, 1);
        requireFrom("--repetitions", repetitions, 1);
        if ((long) keypoints * dimension > LARGEST) {
            throw new ParameterException(spec.commandLine(), "--keypoints " + keypoints + " of --dimension " + dimension
                    + " are too many numbers: at most " + LARGEST + " in all");
        }
        Features first = features(new Random(1));
        Features second = partners(first, new Random(2));
        MutualNearestNeighborMatcher matcher = new MutualNearestNeighborMatcher();
        OptionalLong before = resetPeak();
        Matches matches = matcher.match(first, second);
        OptionalLong after = memory("VmHWM");
        double ours = Double.POSITIVE_INFINITY;
        double theirs = Double.POSITIVE_INFINITY;
        int[] trained = new int[0];
        try (PointerScope scope = new PointerScope()) {
            Mat query = mat(first);
            Mat train = mat(second);
            BFMatcher opencv = new BFMatcher(opencv_core.NORM_L2, true);
            for (int i = 0; i < repetitions; i++) {
                long start = System.nanoTime();
                matches = matcher.match(first, second);
                ours = Math.min(ours, (System.nanoTime() - start) / 1e9);
                try (DMatchVector found = new DMatchVector()) {
                    start = System.nanoTime();
                    opencv.match(query, train, found);
                    theirs = Math.min(theirs, (System.nanoTime() - start) / 1e9);
                    trained = trained(found);
                }
            }
        }
        print(matches, trained, ours, theirs, first, second);
        PrintWriter out = spec.commandLine().getOut();
        out.println("extra memory: " + (before.isPresent() && after.isPresent()
                ? (after.getAsLong() - before.getAsLong()) / 1024 + " MB" : "unknown on this system"));
        out.flush();
        return 0;
    }

    private void print(Matches matches, int[] trained, double ours, double theirs, Features first, Features second)
            throws IOException {
        int same = 0;
        int ties = 0;
        for (int i = 0; i < matches.count(); i++) {
            int other = trained[matches.first(i)];
            boolean equal = other == matches.second(i);
            same += equal ? 1 : 0;
            ties += !equal && isTie(first, second, matches.first(i), matches.second(i), other) ? 1 : 0;
        }
        long theirCount = Arrays.stream(trained).filter(j -> j >= 0).count();
        Machine machine = Machine.current();
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "machine: %s, %d cores, %s; OpenBLAS %s, OpenCV %s; Java %s%n", machine.processor(),
                machine.cores(), machine.system(), Loader.getVersion("org.bytedeco", "openblas"),
                Loader.getVersion("org.bytedeco", "opencv"), System.getProperty("java.version"));
        out.printf(Locale.ROOT, "descriptors: %d and %d of %d numbers%n", keypoints, keypoints, dimension);
        out.printf(Locale.ROOT, "tiepoint: %.3f s%n", ours);
        out.printf(Locale.ROOT, "BFMatcher with cross-check: %.3f s, %.1f times as long%n", theirs, theirs / ours);
        out.printf(Locale.ROOT, "pairs: %d and %d; %d the same, %d others tie%n", matches.count(), theirCount, same,
                ties);
    }

    private boolean isTie(Features first, Features second, int i, int j, int other) {
        if (other < 0) {
            return false;
        }
        double distance = distance(first, i, second, j);
        return Math.abs(distance - distance(first, i, second, other)) <= TIE * distance;
    }

    private double distance(Features first, int i, Features second, int j) {
        double sum = 0;
        for (int k = 0; k < dimension; k++) {
            double difference = first.descriptors()[i * dimension + k] - second.descriptors()[j * dimension + k];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    /** The partner of each descriptor of the first image, or -1. */
    private int[] trained(DMatchVector found) {
        int[] trained = new int[keypoints];
        Arrays.fill(trained, -1);
        if (found.size() > 0) {
            // query, train, image: three ints, and the distance
            IntPointer fields = new IntPointer(found.get(0)).capacity(4 * found.size());
            for (long i = 0; i < found.size(); i++) {
                trained[fields.get(4 * i)] = fields.get(4 * i + 1);
            }
        }
        return trained;
    }

    private Features features(Random random) {
        float[] descriptors = new float[keypoints * dimension];
        for (int i = 0; i < descriptors.length; i++) {
            descriptors[i] = (float) Math.abs(random.nextGaussian());
        }
        return unit(descriptors);
    }

    /** Every second descriptor is one of the given ones with noise, in another order. */
    private Features partners(Features given, Random random) {
        float[] descriptors = features(random).descriptors();
        for (int i = 0; i < keypoints; i += 2) {
            int from = (keypoints - 1 - i) * dimension;
            for (int k = 0; k < dimension; k++) {
                descriptors[i * dimension + k] = given.descriptors()[from + k]
                        + NOISE * (float) random.nextGaussian();
            }
        }
        return unit(descriptors);
    }

    private Features unit(float[] descriptors) {
        for (int i = 0; i < keypoints; i++) {
            FeatureMap.normalise(descriptors, i * dimension, dimension);
        }
        return new Features(Keypoints.ofPositions(new float[2 * keypoints]), dimension, descriptors);
    }

    private Mat mat(Features features) {
        Mat mat = new Mat(keypoints, dimension, opencv_core.CV_32F);
        new FloatPointer(mat.data()).put(features.descriptors());
        return mat;
    }

    private void requireFrom(String option, int value, int least) {
        if (value < least) {
            throw new ParameterException(spec.commandLine(), option + " is " + value + ": it must be at least "
                    + least);
        }
    }

    /** Sets the process's peak memory back, and gives its memory now in kilobytes; Linux only. */
    private static OptionalLong resetPeak() {
        System.gc();
        try {
            Files.writeString(Path.of("/proc/self/clear_refs"), "5");
            return memory("VmRSS");
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** A line of /proc/self/status in kilobytes. */
    private static OptionalLong memory(String name) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith(name)).mapToLong(line ->
                    Long.parseLong(line.replaceAll("\\D", ""))).findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
