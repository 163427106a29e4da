package org.tiepoint.evaluation.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tiepoint.evaluation.Candidate;
import org.tiepoint.evaluation.EvaluationListener;
import org.tiepoint.evaluation.FeatureProvider;
import org.tiepoint.evaluation.Machine;
import org.tiepoint.evaluation.sweep.SweepResult.FeatureSweeps;
import org.tiepoint.evaluation.sweep.SweepResult.Level;
import org.tiepoint.image.Image;

/**
 * Measures features on photos at all levels of some kinds of change. Outcomes are kept in files, one a candidate, kind
 * and photo: a run that was killed goes on where it stopped, and a second run only computes means. Not thread-safe.
 */
public final class Sweep {
    private final Options options;
    private final OutcomeFolder outcomes;
    private final Set<FeatureProvider> open = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * @param kinds       what is changed, at least one, none twice
     * @param longestSide photos with a longer side are made smaller first, in pixels
     */
    public record Options(List<SweepKind> kinds, int longestSide) {
        public Options {
            kinds = List.copyOf(kinds);
            if (kinds.isEmpty() || kinds.stream().distinct().count() < kinds.size()) {
                throw new IllegalArgumentException("kinds are " + kinds + ": give each of rotation, scale, exposure and"
                        + " blur at most once, and at least one");
            }
            if (longestSide < Photos.SMALLEST_SIDE) {
                throw new IllegalArgumentException("longestSide is " + longestSide + ": it must be at least "
                        + Photos.SMALLEST_SIDE + " pixels");
            }
        }

        /** All kinds, 1024 pixels. */
        public static Options defaults() {
            return new Options(List.of(SweepKind.values()), 1024);
        }
    }

    /** @param out folder of the outcomes; made where there is none */
    public Sweep(Options options, Path out) {
        this.options = options;
        this.outcomes = new OutcomeFolder(out);
    }

    /**
     * Measures what is not there yet, and computes means.
     *
     * @param candidates of different names; their providers are opened where outcomes are missing, and never closed
     * @param versions   for the result
     * @throws IOException naming the photo, model or file that cannot be used
     */
    public SweepResult run(Photos photos, List<Candidate> candidates, Map<String, String> versions,
            EvaluationListener listener) throws IOException {
        Candidate.requireDistinct(candidates);
        long total = 0;
        long done = 0;
        for (String photo : photos.names()) {
            for (SweepKind kind : options.kinds()) {
                total += (long) kind.levels().size() * candidates.size();
                done += (long) kind.levels().size()
                        * (candidates.size() - missing(photos, photo, kind, candidates).size());
            }
        }
        listener.start("measure", total, done);
        for (String photo : photos.names()) {
            measure(photos, photo, candidates, listener);
        }
        List<FeatureSweeps> features = new ArrayList<>();
        for (Candidate candidate : candidates) {
            features.add(means(photos, candidate));
        }
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("longestSide", options.longestSide() + " px");
        settings.put("repeatability", "3 px");
        return new SweepResult(photos, settings, features, Machine.current(), versions);
    }

    private void measure(Photos photos, String photo, List<Candidate> candidates, EvaluationListener listener)
            throws IOException {
        Optional<PhotoSweep> opened = Optional.empty();
        for (SweepKind kind : options.kinds()) {
            List<Candidate> missing = missing(photos, photo, kind, candidates);
            if (missing.isEmpty()) {
                continue;
            }
            if (opened.isEmpty()) {
                Image image = photos.read(photo, options.longestSide());
                opened = Optional.of(new PhotoSweep(photo, image));
            }
            open(missing);
            List<SweepOutcome> measured = opened.get().run(kind, missing, listener::step);
            for (Candidate candidate : missing) {
                outcomes.write(candidate.name(), settings(candidate), kind, photo, photos.bytes(photo),
                        measured.stream().filter(outcome -> outcome.features().equals(candidate.name())).toList());
            }
        }
    }

    private void open(List<Candidate> candidates) throws IOException {
        for (Candidate candidate : candidates) {
            if (open.add(candidate.features())) {
                candidate.features().open();
            }
        }
    }

    private List<Candidate> missing(Photos photos, String photo, SweepKind kind, List<Candidate> candidates)
            throws IOException {
        List<Candidate> missing = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (read(candidate, kind, photos, photo).isEmpty()) {
                missing.add(candidate);
            }
        }
        return missing;
    }

    private Optional<List<SweepOutcome>> read(Candidate candidate, SweepKind kind, Photos photos, String photo)
            throws IOException {
        return outcomes.read(candidate.name(), settings(candidate), kind, photo, photos.bytes(photo));
    }

    /** What an outcome follows from beside the photo. */
    private Map<String, String> settings(Candidate candidate) {
        Map<String, String> settings = new LinkedHashMap<>(candidate.settings());
        settings.put("longestSide", Integer.toString(options.longestSide()));
        return settings;
    }

    private FeatureSweeps means(Photos photos, Candidate candidate) throws IOException {
        Map<SweepKind, List<Level>> sweeps = new LinkedHashMap<>();
        List<SweepOutcome> all = new ArrayList<>();
        for (SweepKind kind : options.kinds()) {
            List<SweepOutcome> ofKind = new ArrayList<>();
            for (String photo : photos.names()) {
                ofKind.addAll(read(candidate, kind, photos, photo).orElseThrow());
            }
            sweeps.put(kind, kind.levels().stream().map(level -> new Level(level, SweepMeasures.of(ofKind.stream()
                    .filter(outcome -> outcome.level() == level).toList()))).toList());
            all.addAll(ofKind);
        }
        return new FeatureSweeps(candidate.name(), candidate.settings(), sweeps, all);
    }
}
