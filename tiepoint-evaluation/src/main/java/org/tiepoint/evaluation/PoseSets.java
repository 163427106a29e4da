package org.tiepoint.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tiepoint.dataset.DatasetException;

/** Finds and reads sets of photo pairs with true relative poses, in any of the layouts that benchmarks use. */
public final class PoseSets {
    private static final String LAYOUTS = "pairs_with_gt.txt and images/ (SuperGlue), img_cam.txt and pairs.txt (CAPS),"
            + " or LoFTR's megadepth_test_1500_scene_info or scannet_test_1500";

    private PoseSets() {}

    /**
     * The set in a folder, or the sets in its folders by name.
     *
     * @throws IOException naming the file, line or array, and what is wrong
     */
    public static List<EvaluationSet> readAll(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new DatasetException(folder, "", "is no folder: give one with " + LAYOUTS + ", or a folder of such"
                    + " folders");
        }
        Optional<EvaluationSet> single = read(folder);
        if (single.isPresent()) {
            return List.of(single.get());
        }
        List<Path> folders;
        try (Stream<Path> files = Files.list(folder)) {
            folders = files.filter(Files::isDirectory).sorted().toList();
        }
        List<EvaluationSet> sets = new ArrayList<>();
        for (Path inner : folders) {
            read(inner).ifPresent(sets::add);
        }
        if (sets.isEmpty()) {
            throw new DatasetException(folder, "", "holds no pairs with true poses, nor does a folder in it: give one"
                    + " with " + LAYOUTS);
        }
        return sets;
    }

    /** The set in a folder; empty where it has none of the layouts. */
    private static Optional<EvaluationSet> read(Path folder) throws IOException {
        if (Files.exists(folder.resolve(SuperGluePairs.FILE))) {
            return Optional.of(SuperGluePairs.read(folder));
        }
        if (CapsPairs.isIn(folder)) {
            return Optional.of(CapsPairs.read(folder));
        }
        Optional<Path> scanNet = ScanNetIndex.index(folder);
        if (scanNet.isPresent()) {
            return Optional.of(ScanNetIndex.read(folder, scanNet.get()));
        }
        List<Path> megaDepth = MegaDepthIndex.files(folder);
        return megaDepth.isEmpty() ? Optional.empty() : Optional.of(MegaDepthIndex.read(folder, megaDepth));
    }
}
