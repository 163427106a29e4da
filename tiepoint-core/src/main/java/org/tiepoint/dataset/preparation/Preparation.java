package org.tiepoint.dataset.preparation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.dataset.PairSelector;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.dataset.PosedCollections;
import org.tiepoint.task.Workers;

/**
 * Turns folders of posed photos of any layout into the CAPS layout: photos without lens distortion, chosen pairs, and a
 * report of what was kept and why the rest went. Each file appears whole or not at all; a run that was broken off goes
 * on where it stopped, and one with other options redoes what they change. The result does not depend on the number of
 * threads.
 */
public final class Preparation {
    private Preparation() {}

    /** How photos are stored. */
    public enum PhotoFormat {
        /** JPEG of quality 95. */
        JPEG("jpg"),
        /** PNG: no loss, several times the size. */
        PNG("png");

        private final String ending;

        PhotoFormat(String ending) {
            this.ending = ending;
        }

        String ending() {
            return ending;
        }
    }

    /**
     * What to do.
     *
     * @param data    folders that hold scenes, at least one
     * @param out     folder for the result, made where it is missing; not inside one of the data folders
     * @param pairs   which pairs to take
     * @param verify  whether pairs whose own SIFT matches contradict the given poses are dropped
     * @param maxSide longer side of the photos written in pixels at most, at least 16; 0 keeps their size
     * @param format  of the photos
     * @param threads worker threads, at least 1
     */
    public record Options(List<Path> data, Path out, PairSelector.Options pairs, boolean verify, int maxSide,
            PhotoFormat format, int threads) {
        public Options {
            data = List.copyOf(data);
            if (data.isEmpty()) {
                throw new IllegalArgumentException("no data folder: name at least one");
            }
            for (Path folder : data) {
                if (out.toAbsolutePath().normalize().startsWith(folder.toAbsolutePath().normalize())) {
                    throw new IllegalArgumentException("the output folder " + out + " lies in the data folder "
                            + folder + " and would be read again: choose one outside");
                }
            }
            if (maxSide != 0 && maxSide < 16) {
                throw new IllegalArgumentException("maxSide is " + maxSide
                        + ": it must be at least 16, or 0 to keep the size");
            }
            if (threads < 1) {
                throw new IllegalArgumentException("threads is " + threads + ": it must be at least 1");
            }
        }

        /** Default pair options, no verification, photos in their own size as JPEG, a thread a processor. */
        public static Options of(Path data, Path out) {
            return new Options(List.of(data), out, PairSelector.Options.defaults(), false, 0, PhotoFormat.JPEG,
                    Runtime.getRuntime().availableProcessors());
        }
    }

    /** What a scene is at. */
    public enum Stage {
        /** Photos are undistorted and written. */
        PHOTOS,
        /** Pairs are checked by their own matches. */
        VERIFICATION
    }

    /** Told about progress, always on the thread that called {@link #run}. */
    public interface Listener {
        /** All scenes have been found. */
        default void found(int scenes) {}

        /** A scene is at a stage: so many of its photos or pairs are done. */
        default void progress(String scene, Stage stage, int done, int total) {}

        /** A scene is complete; {@code resumed} where an earlier run did it. */
        default void finished(SceneReport report, boolean resumed) {}

        /** Something was passed over: one line that says what and why. */
        default void warning(String message) {}
    }

    /**
     * Prepares every scene.
     *
     * @return a report a scene, in the order of the data folders and, within one, of the scenes' paths
     * @throws IOException when a pose file cannot be used or the result cannot be written; finished scenes stay
     */
    public static List<SceneReport> run(Options options, Listener listener) throws IOException {
        List<PosedCollection> scenes = new ArrayList<>();
        for (Path folder : options.data()) {
            scenes.addAll(PosedCollections.open(folder, listener::warning));
        }
        listener.found(scenes.size());
        List<SceneReport> reports = new ArrayList<>();
        Set<String> names = new HashSet<>();
        try (Workers workers = new Workers(options.threads(), "tiepoint-preparation")) {
            for (PosedCollection scene : scenes) {
                String name = uniqueName(scene.name(), names);
                reports.add(new ScenePreparation(options, scene, name, workers, listener).run());
            }
        }
        if (reports.stream().allMatch(report -> report.pairsKept() == 0)) {
            throw new DatasetException(options.out(), "", "no pair was kept in any scene: " + reports.get(0).dropped()
                    + " in " + reports.get(0).scene() + "; lower the overlap or raise the rotation limit");
        }
        return reports;
    }

    /** The name as a folder's, with a number where another scene has it. */
    private static String uniqueName(String name, Set<String> names) {
        String plain = name.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^\\.", "_");
        String unique = plain;
        for (int i = 2; !names.add(unique); i++) {
            unique = plain + "-" + i;
        }
        return unique;
    }
}
