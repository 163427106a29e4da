package org.tiepoint.benchmarks;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What measurements need to know.
 *
 * @param models ONNX files by an embedded model's name
 * @param data   folder with {@code peers} and {@code posed}, which need not be there
 * @param root   the checkout
 * @param work   folder for what is made on the way
 * @param rounds how often each is measured
 * @param photos of the throughput, a multiple of 4
 * @param homographies results of {@code evaluate homography}, where there are any
 * @param poses  results of {@code evaluate pose}, where there are any
 * @param err    gets what is done
 */
record Plan(Map<String, Path> models, Path data, Path root, Path work, Rounds rounds, int photos,
        Optional<Path> homographies, Optional<Path> poses, PrintWriter err) {
    /** The smaller model. */
    static final String SMALL = "compact-s";
    /** The larger one. */
    static final String MEDIUM = "compact-m";
    /** After a model's name: the same, rounded to 8 bits. */
    static final String ROUNDED = "-int8";

    Path peer(String name) {
        return data.resolve("peers").resolve(name);
    }

    /** Where real photos are, where there are any. */
    Path photoSource() {
        return data.resolve("posed/colmap");
    }
}
